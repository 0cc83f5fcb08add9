#ifndef LAB_CSPAWN_SHIM_H
#define LAB_CSPAWN_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/// A pipe whose ends no program inherits; returns 0 or the error.
static inline int lab_pipe(int *ends) { return syscall(SYS_pipe2, ends, O_CLOEXEC) == 0 ? 0 : errno; }

/// Starts a program in a process group of its own with both output streams going to `output` and nothing to read.
///
/// The program is killed when the calling *thread* ends, so that thread must wait for it. Between fork and exec only calls
/// that are safe there are made, which Swift cannot promise: hence C. Returns 0, or the error that kept it from starting.
static inline int lab_spawn(
    const char *path, char *const *arguments, char *const *environment, int output, pid_t *child)
{
    int report[2];
    int refused = lab_pipe(report);
    if (refused != 0) return refused;
    pid_t parent = getpid();
    pid_t process = fork();
    if (process < 0) {
        int problem = errno;
        close(report[0]);
        close(report[1]);
        return problem;
    }
    if (process == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The parent may have died before the line above.
        if (getppid() != parent) _exit(127);
        for (int number = 1; number < 65; number++) signal(number, SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        int nothing = open("/dev/null", O_RDONLY);
        if (nothing >= 0) dup2(nothing, 0);
        dup2(output, 1);
        dup2(output, 2);
#ifdef SYS_close_range
        // 4 is CLOSE_RANGE_CLOEXEC: whatever else this process has open does not reach the program.
        syscall(SYS_close_range, 3U, ~0U, 4U);
#endif
        execve(path, arguments, environment);
        int problem = errno;
        (void)!write(report[1], &problem, sizeof problem);
        _exit(127);
    }
    setpgid(process, process);
    close(report[1]);
    int problem = 0;
    ssize_t count;
    do {
        count = read(report[0], &problem, sizeof problem);
    } while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count == (ssize_t)sizeof problem) {
        waitpid(process, NULL, 0);
        return problem;
    }
    *child = process;
    return 0;
}

/// Whether a process has ended: its exit code, or 128 and the signal that ended it; -1 while it runs.
static inline int lab_ended(pid_t child)
{
    int status = 0;
    if (waitpid(child, &status, WNOHANG) != child) return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

#endif
