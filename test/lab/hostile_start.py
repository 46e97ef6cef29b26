#!/usr/bin/python3
"""Becomes a command, to which it leaves what a process can leave to a set-user-ID program over execve(2):

    hostile_start.py SIGNALS COMMAND [ARGUMENT ...]

Every signal that can be is blocked and waits; SIGNALS tells whether they are "usual" or also "ignored". What the kernel and the
C library keep for themselves are 9, 19, 32 and 33.
"""

import os
import resource
import signal
import sys

how, command = sys.argv[1], sys.argv[2:]
signals = [number for number in range(1, 65) if number not in (9, 19, 32, 33)]
if how == "ignored":
    for number in signals:
        signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
for number in signals:
    os.kill(os.getpid(), number)
os.umask(0)
os.nice(19)
os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 4096))
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
for name, value in (("oom_score_adj", "1000"), ("timerslack_ns", "200000000")):
    with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
        file.write(value)
os.execv(command[0], command)
