/* Loaded before a program, it lets the n-th write, sync or rename below one folder fail, as a bad disk would. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static int what, number, lasting, seen;

/* what: 1 write, 2 sync, 4 rename; the n-th of them fails with that errno (0 = only count), and all after it if lasting. */
static int at;
void faulty_arm(const char *below, int kinds, int n, int error, int goes_on) {
    strncpy(folder, below, sizeof folder - 1);
    what = kinds; at = n; number = error; lasting = goes_on; seen = 0;
}
int faulty_seen(void) { int found = seen; what = 0; return found; }

static int fails(int kind) {
    if (!(what & kind)) return 0;
    int mine = seen++;
    if (number && (mine == at || (lasting && mine > at))) { errno = number; return 1; }
    return 0;
}
static int below(const char *path) { return path && !strncmp(path, folder, strlen(folder)); }
static int inside(int fd) {
    if (!what) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return below(path);
}
#define PROPER(name, type) static type proper; if (!proper) proper = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_t)(int, const void *, size_t);
ssize_t write(int fd, const void *data, size_t size) {
    PROPER("write", write_t);
    return inside(fd) && fails(1) ? -1 : proper(fd, data, size);
}
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    PROPER("pwrite", pwrite_t);
    return inside(fd) && fails(1) ? -1 : proper(fd, data, size, place);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off_t place) {
    PROPER("pwrite64", pwrite_t);
    return inside(fd) && fails(1) ? -1 : proper(fd, data, size, place);
}
typedef int (*sync_t)(int);
int fsync(int fd) {
    PROPER("fsync", sync_t);
    return inside(fd) && fails(2) ? -1 : proper(fd);
}
int fdatasync(int fd) {
    PROPER("fdatasync", sync_t);
    return inside(fd) && fails(2) ? -1 : proper(fd);
}
typedef int (*rename_t)(const char *, const char *);
int rename(const char *old, const char *new) {
    PROPER("rename", rename_t);
    return what && below(new) && fails(4) ? -1 : proper(old, new);
}
typedef int (*fallocate_t)(int, off_t, off_t);
int posix_fallocate(int fd, off_t start, off_t size) {
    PROPER("posix_fallocate", fallocate_t);
    return inside(fd) && fails(1) ? errno : proper(fd, start, size);
}
int posix_fallocate64(int fd, off_t start, off_t size) {
    PROPER("posix_fallocate64", fallocate_t);
    return inside(fd) && fails(1) ? errno : proper(fd, start, size);
}
