"""`disclose` on a system as poor as Windows: what only some systems have is gone before the program is loaded.

    python -X utf8=0 -X warn_default_encoding -m tests.portable.poor COMMAND …

The libraries are loaded first: they choose by the real system. Then `sys.platform` is win32, so that the program takes
the ways that it has for Windows; where it forgot one, it fails for want of what was taken away. Renames, opened folders
and open files are refused as Windows refuses them, and text without a named encoding, which would be code page 936, is
an error.
"""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
import warnings
from pathlib import Path

LIBRARIES = (
    *("asyncio", "bs4", "concurrent.futures.thread", "docx", "filelock", "jinja2", "livereload.handlers", "lxml.html"),
    *("markdown", "multiprocessing.connection", "numpy", "orjson", "pypdfium2.raw", "pypinyin", "segno", "shutil"),
    *("sqlite3", "subprocess", "tempfile", "tornado.httpserver", "tornado.web", "tqdm", "watchfiles", "webbrowser"),
    *("yaml", "zipfile", "http.server", "urllib.request", "socket", "logging", "unittest.mock", "ctypes", "getpass"),
)
OF_OS = ("fork", "forkpty", "killpg", "getppid", "geteuid", "getuid", "sched_getaffinity", "sync")
MODULES = ("fcntl", "resource", "pwd", "grp", "termios")


def take_away() -> None:
    """Make this process as poor."""
    warnings.simplefilter("ignore", EncodingWarning)  # what the libraries open is theirs
    for name in LIBRARIES:
        importlib.import_module(name)
    multiprocessing = importlib.import_module("multiprocessing")
    multiprocessing.set_start_method("spawn")
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    for name in OF_OS:
        delattr(os, name)
    del signal.SIGKILL
    sys.modules |= dict.fromkeys(MODULES)
    sys.platform = "win32"
    warnings.filterwarnings("error", category=EncodingWarning, module=r"generator(\.|$)")
    for name, rule in (("rename", new_name), ("replace", no_folder), ("open", no_folder_open)):
        setattr(os, name, ruled(getattr(os, name), rule))
    for name in ("link", "symlink"):
        setattr(os, name, no_links)
    for name in ("unlink", "remove", "rmdir"):
        setattr(os, name, ruled(getattr(os, name), unopened))


def ruled(do, rule):
    """A function of `os` that asks a rule first."""

    def asked(path, *rest, **named):
        if "dir_fd" not in named and "src_dir_fd" not in named:
            rule(path, *rest[:1])
        return do(path, *rest, **named)

    return asked


def no_links(path, *_, **__) -> None:
    """A file system without links: that of a memory stick, of many a shared drive."""
    raise PermissionError(errno.EPERM, "Operation not permitted", str(path))


def new_name(path, new) -> None:
    """A rename puts nothing in the place of anything."""
    unopened(path)
    if os.path.lexists(new):
        raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", str(path))


def no_folder(path, new) -> None:
    """A file takes the place of a file alone, and only when nobody has it open."""
    unopened(path)
    unopened(new)
    if Path(new).is_dir():
        raise PermissionError(errno.EACCES, "Access is denied", str(new))


def no_folder_open(path, *_) -> None:
    """A folder cannot be opened; what walks a tree by descriptors is a library's own, for other systems."""
    caller = sys._getframe(2).f_globals.get("__name__", "")
    if caller.startswith("generator") and Path(path).is_dir():
        raise PermissionError(errno.EACCES, "Permission denied", str(path))


def unopened(path, *_) -> None:
    """What this process has open stays where it is, and so does the folder that it is in."""
    if not isinstance(path, (str, os.PathLike)):
        return
    place = os.path.realpath(path)
    for handle in Path("/proc/self/fd").iterdir():
        try:
            held = str(handle.readlink())
        except OSError:
            continue
        if held == place or held.startswith(f"{place}/"):
            raise PermissionError(errno.EACCES, "The process cannot access the file: it is in use", held)


if __name__ == "__mp_main__":  # a process that the program has started
    take_away()
elif __name__ == "__main__":
    take_away()
    from generator.cli import main

    sys.exit(main())
