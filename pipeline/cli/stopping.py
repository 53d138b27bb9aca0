"""Ctrl-C and SIGTERM: a command ends with one line on standard error and 130 or 143, whatever it is at.

Where it is, decides how:

- while modules are imported nothing has to be cleaned up: it ends at once;
- while a command runs `Stopped` is raised, and what is half written is removed on its way up;
- native code, such as an engine or a look-up of a host's name, lets no Python code have its turn before it returns,
  which may take minutes: a thread of ours notices the signal and ends the process after a second;
- a destructor swallows what is raised in it: then `Stopped` is raised once more a moment later;
- while the interpreter shuts down the work is done: the signal comes too late and changes nothing.

Only the standard library is imported here, and little of it, because until then Ctrl-C is Python's.
"""

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

STOPPED = "stopped; what was finished is kept, run the same command again"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CODE_OF_SIGNALS = 128  # what shells add to a signal's number
# A command that is not in native code raises within milliseconds.
_SECONDS_FOR_NATIVE_CODE = 1.0
# To remove a draft of a release of 100,000 files takes about three.
_SECONDS_TO_CLEAN_UP = 10.0
_SECONDS_TO_LEAVE_A_DESTRUCTOR = 0.01
_CLEAN_LINE = b"\r\x1b[2K\x1b[?25h"  # erases what is left of a progress bar and shows the cursor again
_Handler = Callable[[int, FrameType | None], None]


class Stopped(BaseException):
    """Somebody asked the command to end; `told` is the line that it ends with.

    It is no KeyboardInterrupt, which libraries (click among them) catch and answer in their own way.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.exit_code = _CODE_OF_SIGNALS + signum
        self.message = STOPPED


class Stopping:
    """What a signal does at the moment; a signal that was ignored when the process began, as by nohup, stays so."""

    def __init__(self) -> None:
        self._heard = tuple(each for each in _SIGNALS if signal.getsignal(each) is not signal.SIG_IGN)
        self._stopped: Stopped | None = None
        self._answer_by(_end)
        atexit.register(self._ignore)

    def run(self, command: Callable[[], int]) -> int:
        """Run a command that can be stopped; return its exit code."""
        self._watch()
        sys.unraisablehook = self._raise_again
        try:
            self._answer_by(self._raise)
            code = command()
            self._answer_by(self._end_once)
        except BaseException:  # libraries turn what is raised inside of them into errors of their own
            if self._stopped is None:
                raise
        if self._stopped is None:
            return code
        _tell(self._stopped.message)
        return self._stopped.exit_code

    def _answer_by(self, handler: _Handler) -> None:
        for each in self._heard:
            signal.signal(each, handler)

    def _ignore(self) -> None:
        for each in self._heard:
            signal.signal(each, signal.SIG_IGN)

    def _raise(self, signum: int, _frame: FrameType | None) -> None:
        self._answer_by(_stay)  # another one must not cut the clean-up short
        self._stopped = Stopped(signum)
        raise self._stopped

    def _end_once(self, signum: int, frame: FrameType | None) -> None:
        if self._stopped is None:
            _end(signum, frame)

    def _raise_again(self, swallowed: "sys.UnraisableHookArgs") -> None:
        if not isinstance(swallowed.exc_value, Stopped):
            sys.__unraisablehook__(swallowed)
            return
        signal.signal(signal.SIGALRM, self._raise_stopped)
        signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_LEAVE_A_DESTRUCTOR)

    def _raise_stopped(self, _signum: int, _frame: FrameType | None) -> None:
        if self._stopped is not None:
            raise self._stopped

    def _watch(self) -> None:
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        threading.Thread(target=self._end_if_stuck, args=(reading,), daemon=True).start()

    def _end_if_stuck(self, reading: int) -> None:
        signum = 0
        while signum not in self._heard:
            signum = os.read(reading, 1)[0]
        time.sleep(_SECONDS_FOR_NATIVE_CODE)
        if self._stopped is not None:
            time.sleep(_SECONDS_TO_CLEAN_UP)
        _end(signum, None)


def _stay(_signum: int, _frame: FrameType | None) -> None:
    """Do nothing; unlike SIG_IGN, this is not passed on to a program that is started."""


def _end(signum: int, _frame: FrameType | None) -> None:
    """End at once, without any clean-up."""
    _tell(STOPPED)
    os._exit(_CODE_OF_SIGNALS + signum)


def _tell(line: str) -> None:
    """Write a line, as JSON where the log is, without the buffers of Python, which may be in use."""
    if "--log-json" in sys.argv:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = f'{{"time": "{now}", "level": "error", "event": "stopped", "message": "{line}"}}'
    try:
        os.write(2, (_CLEAN_LINE if os.isatty(2) else b"") + f"{line}\n".encode())
    except OSError:  # nobody is there to read it
        return
