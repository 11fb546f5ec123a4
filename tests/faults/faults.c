// Lets a call that changes files fail: LD_PRELOAD of the program's tests.
//
// DOCMILL_FAULT="CALL NTH HOW": the NTH call (from 1) of `write`, `fsync`, `rename`, `open` (to write), `unlink`,
// `ftruncate`, `mkdir` or `rmdir` fails with the error HOW; if HOW is 0 the process is killed there, of a write after half of it; if HOW is negative,
// this call and all after it fail with the error -HOW, as on a full disk. DOCMILL_FAULT_COUNT=FILE: the number of
// calls is written there at the end.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static char name[16];
static long nth;
static int how;

__attribute__((constructor)) static void begin(void) {
    const char *fault = getenv("DOCMILL_FAULT");
    if (fault) sscanf(fault, "%15s %ld %d", name, &nth, &how);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("DOCMILL_FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld", (long)atomic_load(&calls));
    fclose(file);
}

// Whether this call is the one: then errno says why it failed.
static int fails(const char *call) {
    if (strcmp(call, name) != 0) return 0;
    long now = atomic_fetch_add(&calls, 1) + 1;
    if (how < 0 ? now < nth : now != nth) return 0;
    if (nth == 0) return 0;
    errno = how < 0 ? -how : how;
    return 1;
}

static void end_here(void) {
    if (how == 0) kill(getpid(), SIGKILL);
}

#define NEXT(function) __typeof__(&function) next = (__typeof__(&function))dlsym(RTLD_NEXT, #function)

ssize_t write(int file, const void *bytes, size_t count) {
    NEXT(write);
    if (file > 2 && fails("write")) {
        if (how == 0 && count > 1) (void)!next(file, bytes, count / 2);
        end_here();
        return -1;
    }
    return next(file, bytes, count);
}

int fsync(int file) {
    NEXT(fsync);
    if (fails("fsync")) {
        end_here();
        return -1;
    }
    return next(file);
}

int fdatasync(int file) {
    NEXT(fdatasync);
    if (fails("fsync")) {
        end_here();
        return -1;
    }
    return next(file);
}

int rename(const char *from, const char *to) {
    NEXT(rename);
    if (fails("rename")) {
        end_here();
        return -1;
    }
    return next(from, to);
}

int rmdir(const char *path) {
    NEXT(rmdir);
    if (fails("rmdir")) {
        end_here();
        return -1;
    }
    return next(path);
}

int mkdir(const char *path, mode_t mode) {
    NEXT(mkdir);
    if (fails("mkdir")) {
        end_here();
        return -1;
    }
    return next(path, mode);
}

#define TRUNCATE(function, offset)             \
    int function(int file, offset length) {    \
        NEXT(function);                        \
        if (fails("ftruncate")) {              \
            end_here();                        \
            return -1;                         \
        }                                      \
        return next(file, length);             \
    }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

// What a folder is emptied by, as `unlink` and `rmdir` are.
int unlinkat(int folder, const char *path, int flags) {
    NEXT(unlinkat);
    if (fails(flags & AT_REMOVEDIR ? "rmdir" : "unlink")) {
        end_here();
        return -1;
    }
    return next(folder, path, flags);
}

int unlink(const char *path) {
    NEXT(unlink);
    if (fails("unlink")) {
        end_here();
        return -1;
    }
    return next(path);
}

#define OPEN(function)                                                \
    int function(const char *path, int flags, ...) {                  \
        NEXT(function);                                               \
        va_list rest;                                                 \
        va_start(rest, flags);                                        \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                 \
        if ((flags & O_ACCMODE) != O_RDONLY && fails("open")) {       \
            end_here();                                               \
            return -1;                                                \
        }                                                             \
        return next(path, flags, mode);                               \
    }

OPEN(open)
OPEN(open64)
