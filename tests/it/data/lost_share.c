/* A network share that is lost, for edges_share.rs: loaded before the C library (LD_PRELOAD), it answers calls about
 * files below one folder as the system does when what they lie on is gone, from a chosen call on.
 *
 *   LOST_SHARE   the folder, by its real path
 *   LOST_AFTER   so many calls are still answered; all of them, if not set
 *   LOST_ERRNO   the error that the others get
 *   LOST_LOCKS   the error that calls for locks get; 0 if they are answered, as they are where the system keeps them
 *   LOST_KNOWN   if set, what the system remembers of files (that they are there, how large) it still tells
 *   LOST_MAPPED  if set, what was mapped into memory is gone as well: to touch it raises SIGBUS
 *   LOST_TELL    the file for the number of calls, and the first that was not answered
 *
 * Headers that declare what is defined here are left out: some of it takes a varying number of arguments there, which
 * arrive on Linux as the same ones. Which file a descriptor is of, /proc tells. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef long Size;
enum { ASKS, ACTS, LOCKS, HERE = -100, READ_WRITE = 3, SHARED = 1, AT_THIS_PLACE = 0x10, FIRST_LOCK = 5, LAST_LOCK = 7, MOST = 64 };
static const char *share, *tell, *first = "";
static char which[4096];
static long after, calls, failing, locking, known, mapped, maps;
static struct { void *at; Size length; } map[MOST];

/* What a name means further down, in the C library. */
#define NEXT(name) ({ static void *next; if (!next) next = dlsym(RTLD_NEXT, #name); next; })
static long number(const char *name, long otherwise) { return getenv(name) ? atol(getenv(name)) : otherwise; }

__attribute__((constructor)) static void begin(void) {
    share = getenv("LOST_SHARE"), tell = getenv("LOST_TELL"), after = number("LOST_AFTER", -1);
    failing = number("LOST_ERRNO", EIO), locking = number("LOST_LOCKS", failing);
    known = number("LOST_KNOWN", 0), mapped = number("LOST_MAPPED", 0);
}

__attribute__((destructor)) static void end(void) {
    void *file = tell ? fopen(tell, "w") : NULL;
    if (file) fprintf(file, "%ld %s %s\n", calls, first, which), fclose(file);
}

/* A file that has no byte is laid over what was mapped. */
static void unmap(void) {
    void *(*lay)(void *, Size, int, int, int, Size) = NEXT(mmap64);
    int (*make)(const char *, unsigned) = NEXT(memfd_create), nothing = make("nothing", 0);
    for (long n = 0; n < maps; n++) lay(map[n].at, map[n].length, READ_WRITE, SHARED | AT_THIS_PLACE, nothing, 0);
}

static int is_below(const char *path) {
    size_t length = share ? strlen(share) : 0;
    return length && !strncmp(path, share, length) && (!path[length] || path[length] == '/');
}

/* Counts a call about a path, and says whether it is not answered any more. */
static int lost(const char *name, const char *path, int what) {
    if (!is_below(path)) return 0;
    long call = __sync_fetch_and_add(&calls, 1);
    if (after < 0 || call < after || (what == ASKS && known) || (what == LOCKS && !locking)) return 0;
    if (!*first) first = name, strncpy(which, path, sizeof which - 1), unmap();
    errno = what == LOCKS ? locking : failing;
    return 1;
}

static const char *path_of(int fd, char *path) {
    char link[32];
    Size (*read_link)(const char *, char *, size_t) = NEXT(readlink);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    Size length = read_link(link, path, 4000);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

static int lost_fd(const char *name, int fd, int what) { char path[4096]; return lost(name, path_of(fd, path), what); }

static int lost_at(const char *name, int folder, const char *path, int what) {
    char whole[8192], *(*here)(char *, size_t) = NEXT(getcwd);
    if (*path == '/') return lost(name, path, what);
    if (folder != HERE) path_of(folder, whole);
    else if (!here(whole, 4000)) return 0;
    if (*path && strcmp(path, ".")) strcat(strcat(whole, "/"), path);
    return lost(name, whole, what);
}
/* A call that fails when it is about a path (IN a folder, or the current one), a descriptor OF a file, or a LOCK. */
#define CALL(result, failed, name, takes, gives, is_lost) \
    result name takes { result (*next) takes = NEXT(name); return is_lost ? (result)failed : next gives; }
#define IN(folder, path, what) lost_at(__func__, folder, path, what)
#define OF(fd) lost_fd(__func__, fd, ACTS)
#define LOCK(fd, how) (how >= FIRST_LOCK && how <= LAST_LOCK && lost_fd("fcntl", fd, LOCKS))
CALL(int, -1, open, (const char *path, int how, int mode), (path, how, mode), IN(HERE, path, ACTS))
CALL(int, -1, open64, (const char *path, int how, int mode), (path, how, mode), IN(HERE, path, ACTS))
CALL(int, -1, stat64, (const char *path, void *to), (path, to), IN(HERE, path, ASKS))
CALL(int, -1, lstat64, (const char *path, void *to), (path, to), IN(HERE, path, ASKS))
CALL(int, -1, access, (const char *path, int how), (path, how), IN(HERE, path, ASKS))
CALL(int, -1, statx, (int at, const char *path, int how, unsigned which, void *to), (at, path, how, which, to), IN(at, path, ASKS))
CALL(int, -1, fstat64, (int fd, void *to), (fd, to), lost_fd(__func__, fd, ASKS))
CALL(char *, 0, realpath, (const char *path, char *to), (path, to), IN(HERE, path, ASKS))
CALL(int, -1, unlink, (const char *path), (path), IN(HERE, path, ACTS))
CALL(int, -1, mkdir, (const char *path, int mode), (path, mode), IN(HERE, path, ACTS))
CALL(int, -1, chmod, (const char *path, int mode), (path, mode), IN(HERE, path, ACTS))
CALL(Size, -1, read, (int fd, void *to, size_t n), (fd, to, n), OF(fd))
CALL(Size, -1, pread64, (int fd, void *to, size_t n, Size from), (fd, to, n, from), OF(fd))
CALL(Size, -1, write, (int fd, void *of, size_t n), (fd, of, n), OF(fd))
CALL(Size, -1, pwrite64, (int fd, void *of, size_t n, Size from), (fd, of, n, from), OF(fd))
CALL(int, -1, fsync, (int fd), (fd), OF(fd))
CALL(int, -1, fchmod, (int fd, int mode), (fd, mode), OF(fd))
CALL(int, -1, ftruncate64, (int fd, Size n), (fd, n), OF(fd))
CALL(Size, -1, copy_file_range, (int a, void *x, int b, void *y, size_t n, int how), (a, x, b, y, n, how), OF(a) || OF(b))
CALL(Size, -1, sendfile64, (int to, int from, void *x, size_t n), (to, from, x, n), OF(from) || OF(to))
CALL(void *, 0, opendir, (const char *path), (path), IN(HERE, path, ACTS))
CALL(void *, 0, readdir64, (void *of), (of), OF(((int (*)(void *))NEXT(dirfd))(of)))
CALL(int, -1, fcntl, (int fd, int how, void *with), (fd, how, with), LOCK(fd, how))
CALL(int, -1, fcntl64, (int fd, int how, void *with), (fd, how, with), LOCK(fd, how))
void *mmap64(void *at, Size n, int how, int flags, int fd, Size from) {
    void *(*next)(void *, Size, int, int, int, Size) = NEXT(mmap64);
    if (fd >= 0 && OF(fd)) return (void *)-1;
    void *got = next(at, n, how, flags, fd, from);
    char path[4096];
    if (mapped && maps < MOST && fd >= 0 && is_below(path_of(fd, path))) map[maps].at = got, map[maps++].length = n;
    return got;
}
