/*
 * A disk that fails, for disk.py, loaded before libc. Beside each file of the journal it keeps a copy of what the last fsync
 * promised (NAME.synced): a power cut leaves that and nothing later. Writes and fsyncs are refused as KIOSK_TEST_DISK says.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_journal(int fd, char *path, size_t size)
{
	char link[64];
	ssize_t length;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, path, size - 1);
	if (length < 0)
		return 0;
	path[length] = 0;
	return strstr(path, "/kiosk/journal.db") != NULL;
}

static void keep(int fd)
{
	char path[4096], copy[4200], aside[4200], block[65536];
	ssize_t got;
	off_t at = 0;
	int to;

	if (!is_journal(fd, path, sizeof path))
		return;
	snprintf(copy, sizeof copy, "%s.synced", path);
	snprintf(aside, sizeof aside, "%s.syncing", path);
	to = open(aside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (to < 0)
		return;
	while ((got = pread(fd, block, sizeof block, at)) > 0 && write(to, block, got) == got)
		at += got;
	close(to);
	rename(aside, copy);
}

/* 0, or the error with which this write (or this fsync) of the journal is refused. */
static int refused(int fd, int is_sync)
{
	static int writes, syncs;
	char path[4096], kind[16];
	const char *spec = getenv("KIOSK_TEST_DISK");
	int first, count, nth, about_syncs;

	if (!spec || sscanf(spec, "%15s %d %d", kind, &first, &count) != 3 || !is_journal(fd, path, sizeof path))
		return 0;
	about_syncs = !strcmp(kind, "sync");
	nth = __atomic_add_fetch(is_sync ? &syncs : &writes, 1, __ATOMIC_RELAXED);
	if (about_syncs != is_sync || nth < first || nth >= first + count)
		return 0;
	return !strcmp(kind, "full") ? ENOSPC : !strcmp(kind, "readonly") ? EROFS : EIO;
}

#define REFUSE(fd, is_sync)                        \
	do {                                       \
		int error = refused(fd, is_sync);  \
		if (error) {                       \
			errno = error;             \
			return -1;                 \
		}                                  \
	} while (0)

ssize_t pwrite(int fd, const void *from, size_t size, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");

	REFUSE(fd, 0);
	return real(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at)
{
	ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");

	REFUSE(fd, 0);
	return real(fd, from, size, at);
}

static int synced(int fd, const char *name)
{
	int (*real)(int) = dlsym(RTLD_NEXT, name);
	int result;

	REFUSE(fd, 1);
	result = real(fd);
	if (result == 0)
		keep(fd);
	return result;
}

int fdatasync(int fd)
{
	return synced(fd, "fdatasync");
}

int fsync(int fd)
{
	return synced(fd, "fsync");
}
