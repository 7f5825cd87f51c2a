"""The shipped formats and code lists, for tests of the hand-over."""

from supervision.law.code_lists import CodeLists
from supervision.results.handover.formats import read_format
from supervision.store import shipped_files

FORMS = {name.removesuffix(".yaml"): read_format(name, body) for name, body in shipped_files.shipped_formats().items()}
LISTS = CodeLists.read(shipped_files.shipped_code_lists())
