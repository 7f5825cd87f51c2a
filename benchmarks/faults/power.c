/* Records what a process changes on the disk, and what it brings there for good: writes, truncations, names, syncs.

   Loaded before libc (LD_PRELOAD), silent until power_begin(root, log) is called; then each change of a file or name
   below root, a folder, is a record in log: kind, inode, offset, lengths of two parts, the parts. Writes through mmap are not seen;
   SQLite has them in its -shm file alone, which it makes anew. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd = -1;
static char root[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct head { uint32_t kind, more; uint64_t inode, offset; uint32_t first, second; };

void power_begin(const char *below, const char *log) {
    strncpy(root, below, sizeof root - 1);
    log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void record(char kind, uint64_t inode, uint64_t offset, const char *one, size_t n, const void *two, size_t m) {
    struct head head = {(uint32_t)kind, 0, inode, offset, (uint32_t)n, (uint32_t)m};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)one, n}, {(void *)two, m}};
    if (REAL(writev)(log_fd, parts, 3) < 0) abort();
}

static int is_below(const char *path) {
    size_t n = strlen(root);
    return !strncmp(path, root, n) && (path[n] == '/' || path[n] == 0);
}

static int watched(int fd, struct stat *found) {
    if (log_fd < 0 || fd < 0 || fd == log_fd || fstat(fd, found)) return 0;
    if (!S_ISREG(found->st_mode) && !S_ISDIR(found->st_mode)) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return is_below(path);
}

static int whole(const char *path, char *full) {
    if (log_fd < 0) return 0;
    if (path[0] == '/') snprintf(full, PATH_MAX, "%s", path);
    else { char at[PATH_MAX]; if (!getcwd(at, sizeof at)) return 0; snprintf(full, PATH_MAX, "%.2000s/%.2000s", at, path); }
    return is_below(full);
}

static void wrote(int fd, uint64_t at, const void *data, ssize_t n) {
    struct stat found;
    if (n > 0 && watched(fd, &found)) record('w', found.st_ino, at, "", 0, data, (size_t)n);
}

ssize_t write(int fd, const void *data, size_t n) {
    ssize_t done = REAL(write)(fd, data, n);
    if (log_fd >= 0 && done > 0) wrote(fd, (uint64_t)lseek(fd, 0, SEEK_CUR) - (uint64_t)done, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    ssize_t done = REAL(pwrite)(fd, data, n, at);
    wrote(fd, (uint64_t)at, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, data, n, at);
    wrote(fd, (uint64_t)at, data, done);
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t done = REAL(writev)(fd, parts, count);
    if (log_fd >= 0 && done > 0) {
        uint64_t at = (uint64_t)lseek(fd, 0, SEEK_CUR) - (uint64_t)done;
        ssize_t left = done;
        for (int k = 0; k < count && left > 0; k++) {
            ssize_t n = (ssize_t)parts[k].iov_len < left ? (ssize_t)parts[k].iov_len : left;
            wrote(fd, at, parts[k].iov_base, n);
            at += (uint64_t)n, left -= n;
        }
    }
    return done;
}

static void copied(int fd, ssize_t done) { /* what the kernel copied is read back */
    struct stat found;
    if (done <= 0 || !watched(fd, &found)) return;
    uint64_t at = (uint64_t)lseek(fd, 0, SEEK_CUR) - (uint64_t)done;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int again = REAL(open)(link, O_RDONLY);
    char *data = malloc((size_t)done);
    if (again < 0 || !data || pread(again, data, (size_t)done, (off_t)at) != done) abort();
    record('w', found.st_ino, at, "", 0, data, (size_t)done);
    free(data), close(again);
}

ssize_t sendfile(int out, int in, off_t *at, size_t n) {
    ssize_t done = REAL(sendfile)(out, in, at, n);
    if (log_fd >= 0) copied(out, done);
    return done;
}

ssize_t sendfile64(int out, int in, off64_t *at, size_t n) {
    ssize_t done = REAL(sendfile64)(out, in, at, n);
    if (log_fd >= 0) copied(out, done);
    return done;
}

static int cut(int fd, uint64_t length, int done) {
    struct stat found;
    if (!done && watched(fd, &found)) record('t', found.st_ino, length, "", 0, "", 0);
    return done;
}

int ftruncate(int fd, off_t length) { return cut(fd, (uint64_t)length, REAL(ftruncate)(fd, length)); }
int ftruncate64(int fd, off64_t length) { return cut(fd, (uint64_t)length, REAL(ftruncate64)(fd, length)); }

static int synced(int fd, int done) {
    struct stat found;
    char link[64], path[PATH_MAX] = "";
    if (!done && watched(fd, &found)) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(link, path, sizeof path - 1);
        record(S_ISDIR(found.st_mode) ? 'd' : 's', found.st_ino, 0, path, n < 0 ? 0 : (size_t)n, "", 0);
    }
    return done;
}

int fsync(int fd) { return synced(fd, REAL(fsync)(fd)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)(fd)); }

static int was_there(const char *path) {
    struct stat found;
    return log_fd < 0 || !stat(path, &found);
}

static int opened(const char *path, int flags, int there, int fd) {
    struct stat found;
    char full[PATH_MAX];
    if (fd >= 0 && (!there || (flags & O_TRUNC)) && watched(fd, &found) && whole(path, full))
        record(there ? 't' : 'c', found.st_ino, 0, there ? "" : full, there ? 0 : strlen(full), "", 0);
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        int there = was_there(path); \
        return opened(path, flags, there, REAL(name)(path, flags, mode)); \
    }
OPEN(open)
OPEN(open64)

int openat(int folder, const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (folder != AT_FDCWD && path[0] != '/') return REAL(openat)(folder, path, flags, mode);
    int there = was_there(path);
    return opened(path, flags, there, REAL(openat)(folder, path, flags, mode));
}

static void named(char kind, const char *from, const char *to) {
    char one[PATH_MAX], two[PATH_MAX] = "";
    struct stat found = {0};
    int ours = whole(from, one);
    if (to) ours |= whole(to, two);
    if (!ours) return;
    lstat(to ? two : one, &found);
    record(kind, found.st_ino, 0, one, strlen(one), two, strlen(two));
}

int rename(const char *from, const char *to) {
    int done = REAL(rename)(from, to);
    if (!done && log_fd >= 0) named('r', from, to);
    return done;
}

int link(const char *from, const char *to) {
    int done = REAL(link)(from, to);
    if (!done && log_fd >= 0) named('l', from, to);
    return done;
}

int unlink(const char *path) {
    int done = REAL(unlink)(path);
    if (!done && log_fd >= 0) named('u', path, NULL);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    int done = REAL(mkdir)(path, mode);
    if (!done && log_fd >= 0) named('m', path, NULL);
    return done;
}

int rmdir(const char *path) {
    int done = REAL(rmdir)(path);
    if (!done && log_fd >= 0) named('x', path, NULL);
    return done;
}

int unlinkat(int folder, const char *path, int flags) { /* shutil.rmtree goes through folders' own handles */
    int done = REAL(unlinkat)(folder, path, flags);
    if (!done && log_fd >= 0) {
        char full[PATH_MAX], link[64];
        if (folder == AT_FDCWD || path[0] == '/') { named(flags & AT_REMOVEDIR ? 'x' : 'u', path, NULL); return done; }
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t n = readlink(link, full, sizeof full - 1);
        if (n > 0) {
            snprintf(full + n, sizeof full - (size_t)n, "/%s", path);
            named(flags & AT_REMOVEDIR ? 'x' : 'u', full, NULL);
        }
    }
    return done;
}
