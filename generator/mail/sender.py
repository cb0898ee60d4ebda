"""The only module that speaks SMTP (RFC 5321): one message to one recipient, and what the server says.

A server may say no for now (4xx), no for good (5xx), or go away; and it may mean the recipient, or us.
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from generator.errors import MailServerError, SettingsError
from generator.feed.text import one_line

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_ATTEMPTS = 4
_TO_CONNECT = 20.0
_TO_ANSWER = 300.0
"""Seconds. A server that has the whole message may take its time; who hangs up then, sends it twice."""
_ABOUT_US = {500, 501, 502, 503, 504, 530, 534, 535, 538}
"""Permanent answers that mean how we speak or who we are: every other recipient would get the same."""
_BACK_OFF = wait_random_exponential(multiplier=1, max=30)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in."""

    host: str
    port: int
    security: str
    """`starttls`, `tls` (from the first byte) or `none`."""
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    """Certificates to trust instead of the system's, as a file in PEM."""


def server_of(environment: Mapping[str, str]) -> Server:
    """The server that the variables `PAPERS_SMTP_…` tell. Raises SettingsError, which names the variable."""

    def told(name: str) -> str:
        return environment.get(f"PAPERS_SMTP_{name}", "").strip()

    host, user, password = told("HOST"), told("USER"), environment.get("PAPERS_SMTP_PASSWORD", "")
    security = (told("SECURITY") or "starttls").lower()
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", host):
        raise SettingsError("PAPERS_SMTP_HOST must name the mail server, such as smtp.example.org.")
    if security not in _PORTS:
        raise SettingsError(f"PAPERS_SMTP_SECURITY must be starttls, tls or none, not {security!r}.")
    port = told("PORT") or str(_PORTS[security])
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise SettingsError(f"PAPERS_SMTP_PORT must be a number from 1 to 65535, not {port!r}.")
    if bool(user) != bool(password):
        raise SettingsError("PAPERS_SMTP_USER and PAPERS_SMTP_PASSWORD belong together; set both or none.")
    if password and security == "none" and not _is_loopback(host):
        raise SettingsError(
            "PAPERS_SMTP_SECURITY=none would send the password for anybody to read; use starttls or tls."
        )
    authorities = Path(told("CA")) if told("CA") else None
    if authorities and not authorities.is_file():
        raise SettingsError(f"PAPERS_SMTP_CA: {authorities} is no file of certificates.")
    return Server(host, int(port), security, user, password, authorities)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one message: the server's code, and its words on one line."""

    outcome: str
    """`sent`, `refused` (for good) or `left` (for another time)."""
    code: int
    words: str = ""


class _NotNow(Exception):
    """An attempt failed in a way that may pass."""

    def __init__(self, code: int, words: str, *, at_connecting: bool = False) -> None:
        super().__init__(words)
        self.answer = Answer("left", code, words)
        self.at_connecting = at_connecting


class Sender:
    """A connection to `server`, made when it is needed and again when it was lost."""

    def __init__(self, server: Server, *, greeting: str, sleep: Callable[[float], None]) -> None:
        self._server = server
        self._greeting = greeting
        self._connection: smtplib.SMTP | None = None
        self._retrying = Retrying(
            retry=retry_if_exception_type(_NotNow),
            wait=_BACK_OFF,
            stop=stop_after_attempt(_ATTEMPTS),
            sleep=sleep,
            reraise=True,
        )

    def send(self, message: bytes, *, sender: str, recipient: str) -> Answer:
        """Hand `message` in, after as many attempts as it takes.

        Raises MailServerError where the next recipient would fare no better: nobody answers, or the server
        does not want us.
        """
        try:
            return self._retrying(self._attempt, message, sender, recipient)
        except _NotNow as failure:
            if failure.at_connecting:
                raise MailServerError(f"{self._name}: {failure.answer.words}. Try again later.") from None
            return failure.answer

    def close(self) -> None:
        """Say goodbye, where anybody listens."""
        if self._connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
        self._drop()

    @property
    def _name(self) -> str:
        return f"mail server {self._server.host}:{self._server.port}"

    def _attempt(self, message: bytes, sender: str, recipient: str) -> Answer:
        connection = self._connected()
        try:
            connection.sendmail(sender, [recipient], message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = error.recipients[recipient]
            return self._refused(code, words)
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code >= 500:
                raise self._unwanted("it does not take mail from us", error) from None
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPResponseException as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _NotNow(0, f"the connection broke ({_said(error)})") from None
        return Answer("sent", 250)

    def _refused(self, code: int, words: bytes | str) -> Answer:
        """What a refusal of one message comes to; the conversation begins anew, or the connection does."""
        assert self._connection is not None
        try:
            in_step = self._connection.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            in_step = False
        if not in_step:
            self._drop()
        if code in _ABOUT_US:
            raise MailServerError(f"{self._name}: says {code} {_said(words)}. Nobody else was tried.")
        if code < 500:
            raise _NotNow(code, _said(words))
        return Answer("refused", code, _said(words))

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except smtplib.SMTPAuthenticationError as error:
                if error.smtp_code < 500:
                    raise _NotNow(error.smtp_code, _said(error.smtp_error), at_connecting=True) from None
                raise self._unwanted("it does not know this user or password", error) from None
            except smtplib.SMTPNotSupportedError as error:
                raise MailServerError(
                    f"{self._name}: {_said(error)} Set PAPERS_SMTP_SECURITY to what it offers."
                ) from None
            except ssl.SSLCertVerificationError as error:
                raise MailServerError(
                    f"{self._name}: its certificate cannot be trusted ({error.verify_message}). Where it is "
                    "your own, name its authority's file in PAPERS_SMTP_CA."
                ) from None
            except ssl.SSLError as error:
                raise MailServerError(
                    f"{self._name}: does not speak TLS here ({_said(error)}). Check PAPERS_SMTP_PORT and "
                    "PAPERS_SMTP_SECURITY."
                ) from None
            except smtplib.SMTPResponseException as error:
                if error.smtp_code >= 500:
                    raise self._unwanted("it does not greet us", error) from None
                raise _NotNow(error.smtp_code, _said(error.smtp_error), at_connecting=True) from None
            except (OSError, smtplib.SMTPException) as error:
                raise _NotNow(0, f"no connection ({_said(error)})", at_connecting=True) from None
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context(cafile=server.authorities)
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=self._greeting, timeout=_TO_CONNECT, context=context
            )
        else:
            connection = smtplib.SMTP(
                server.host, server.port, local_hostname=self._greeting, timeout=_TO_CONNECT
            )
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)
            if connection.sock is not None:
                connection.sock.settimeout(_TO_ANSWER)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _unwanted(self, what: str, error: smtplib.SMTPResponseException) -> MailServerError:
        return MailServerError(f"{self._name}: {what}: {error.smtp_code} {_said(error.smtp_error)}.")


def _said(words: bytes | str | Exception) -> str:
    """What a server or the system said, on one line that is not too long."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return one_line(text)[:200].rstrip(".")


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
