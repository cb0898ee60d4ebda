"""The search index, cut into small files that a browser asks for one by one. Pure: documents in, bytes out.

docs/search.md describes the files; `themes/broadsheet/assets/js/search-*.js` reads them.
"""
