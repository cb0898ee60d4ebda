"""Jinja that compiles templates to quicker Python: thousands of pages are made of a few templates.

Beside Jinja's own the compiled code

- collects what it says in a list, and hands over a whole template or block at once;
- asks values for their attributes directly, where Jinja would ask a dictionary for a key next;
- calls what is called directly, since nothing here wants to be told the context;
- escapes text without making a `Markup` of it;
- says nothing for an `if` without an `else`, where Jinja makes an undefined value and escapes that.

Where a template does what this has no answer to (a value has no such attribute, a name is undefined), there
is an error, of any kind. `Theme.render` then asks the stock environment, which knows better or says what is
wrong. What comes out is what that would give; `tests/theme/test_quick.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.utils import missing
from markupsafe import Markup


def _escaped(text: str) -> str:
    return str(markupsafe.escape(text))


_escape_text: Callable[[Any], str] = getattr(markupsafe, "_escape_inner", _escaped)
"""How MarkupSafe itself escapes what is a `str` and nothing else; in C, where it has that."""


def shown(value: object) -> str:
    """What `markupsafe.escape` gives, as any kind of `str`: only to be joined and written."""
    kind = value.__class__
    if kind is str:
        return _escape_text(value)
    if kind is int:
        return str(value)
    return markupsafe.escape(value)


class _QuickMacro(Macro):
    """A macro that takes a short way where it is called with positions alone, as most are."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        lacking = self._argument_count - len(args)
        if kwargs or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        told = self._func(*args, *(missing,) * lacking) if lacking else self._func(*args)
        return str.__new__(Markup, told)  # its parts are escaped; what `Markup()` looks for, no `str` has


class _QuickLoop(LoopContext):
    """A loop that counts through a list or a tuple, where Jinja would look one step ahead at each."""

    _iterable: Any

    def __iter__(self) -> Iterator[tuple[Any, LoopContext]]:  # type: ignore[override]
        return self._counted() if isinstance(self._iterable, (tuple, list)) else super().__iter__()

    def _counted(self) -> Iterator[tuple[Any, LoopContext]]:
        for self.index0, item in enumerate(self._iterable):  # noqa: B020 - Jinja's name
            yield item, self

    @property
    def last(self) -> bool:
        try:
            return self.index0 + 1 == len(self._iterable)
        except TypeError:
            return super().last

    @property
    def previtem(self) -> Any:
        if self.index0 > 0 and isinstance(self._iterable, (tuple, list)):
            return self._iterable[self.index0 - 1]
        return super().previtem

    def _peek_next(self) -> Any:
        if isinstance(self._iterable, (tuple, list)):
            return self._iterable[self.index] if self.index < len(self._iterable) else missing
        return super()._peek_next()


class _QuickTemplate(jinja2.Template):
    """A template whose macros are the same for everybody who imports them."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module()


class _QuickCode(CodeGenerator):
    """Writes the Python of a template."""

    _whole: tuple[Frame, ...] = ()
    """The frames of a template and its blocks: what is said in them is collected."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.shown")
        self.writeline("escape_text = environment.escape_text")
        self.writeline("Macro = environment.macro")
        self.writeline("LoopContext = environment.loop")

    def enter_frame(self, frame: Frame) -> None:
        if frame.buffer is None:
            self.buffer(frame)
            self._whole = (*self._whole, frame)
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if any(frame is each for each in self._whole):
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        if self._is_text(frame, finalize):
            self.write("(escape_text(told) if (kind := (told := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self._is_text(frame, finalize):
            self.write(")).__class__) is str else told if kind is Markup else escape(told))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_text(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        """Whether what is written there is always escaped, and nothing else."""
        return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if not node.with_context:  # that one is handed over as it comes
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if (
            forward_caller
            or node.dyn_args
            or node.dyn_kwargs
            or any(iskeyword(each.key) for each in node.kwargs)
            or not frame.eval_ctx.autoescape
            or frame.eval_ctx.volatile
        ):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class QuickEnvironment(jinja2.Environment):
    """For templates that are escaped throughout, never change while they are in use, and get plain values."""

    code_generator_class = _QuickCode
    shown = staticmethod(shown)
    escape_text = staticmethod(_escape_text)
    macro = _QuickMacro
    loop = _QuickLoop
    template_class = _QuickTemplate

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, jinja2.Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary, where Jinja makes a chain of two."""
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent)
        return found
