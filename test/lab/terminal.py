#!/usr/bin/python3
"""Runs a command on a terminal of its own, and answers its prompts:

    terminal.py PROMPT ANSWER [PROMPT ANSWER ...] -- COMMAND [ARGUMENT ...]

Prints all that the terminal showed, and ends with the command's exit code.
"""

import os
import pty
import sys

end = sys.argv.index("--")
answers = list(zip(sys.argv[1:end:2], sys.argv[2:end:2]))
command = sys.argv[end + 1 :]

process, terminal = pty.fork()
if process == 0:
    os.execvp(command[0], command)

shown = unanswered = b""
while True:
    try:
        text = os.read(terminal, 4096)
    except OSError:  # The command has left its terminal: EIO, pty(7).
        break
    if not text:
        break
    shown += text
    unanswered += text
    if answers and answers[0][0].encode() in unanswered:
        os.write(terminal, answers.pop(0)[1].encode() + b"\n")
        unanswered = b""

sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
