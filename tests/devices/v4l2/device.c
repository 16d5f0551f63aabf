/*
 * A V4L2 camera for tests, loaded before libc: the file that KIOSK_TEST_VIDEO names is a Unix socket, at which device.py gives
 * pictures. One buffer queued is one byte sent; one picture comes back for it, a double (its moment) and JPEG. Waiting for
 * it is the kernel's own poll. The device has one size and one format, as a simple camera has; what is not asked of a camera
 * here is refused.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WIDTH = 640, HEIGHT = 480, BUFFERS = 4, ROOM = 262144 };

static int camera = -1;
static char *memory[BUFFERS];
static int queue[BUFFERS], queued, streaming;

static int connected(void)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	strncpy(place.sun_path, getenv("KIOSK_TEST_VIDEO"), sizeof place.sun_path - 1);
	if (connect(fd, (struct sockaddr *)&place, sizeof place)) {
		close(fd);
		errno = ENODEV;
		return -1;
	}
	queued = streaming = 0;
	return camera = fd;
}

static int opened(const char *symbol, const char *path, int flags, mode_t mode)
{
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, symbol);
	const char *ours = getenv("KIOSK_TEST_VIDEO");

	return ours && !strcmp(path, ours) ? connected() : real(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = va_arg(rest, mode_t);
	va_end(rest);
	return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = va_arg(rest, mode_t);
	va_end(rest);
	return opened("open64", path, flags, mode);
}

int close(int fd)
{
	int (*real)(int) = dlsym(RTLD_NEXT, "close");

	if (fd == camera)
		camera = -1;
	return real(fd);
}

static void *mapped(const char *symbol, void *at, size_t length, int rights, int flags, int fd, off_t offset)
{
	void *(*real)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, symbol);
	void *place;

	if (fd < 0 || fd != camera)
		return real(at, length, rights, flags, fd, offset);
	place = real(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memory[offset / ROOM] = place;
	return place;
}

void *mmap(void *at, size_t length, int rights, int flags, int fd, off_t offset)
{
	return mapped("mmap", at, length, rights, flags, fd, offset);
}

void *mmap64(void *at, size_t length, int rights, int flags, int fd, off_t offset)
{
	return mapped("mmap64", at, length, rights, flags, fd, offset);
}

static int refuse(int why)
{
	errno = why;
	return -1;
}

static int wants_one(void)
{
	return send(camera, "!", 1, MSG_NOSIGNAL) == 1 ? 0 : refuse(ENODEV);
}

static int give(struct v4l2_buffer *buffer)
{
	static char letter[ROOM];
	ssize_t got;
	double moment;

	if (!queued)
		return refuse(EAGAIN);
	got = recv(camera, letter, sizeof letter, MSG_DONTWAIT);
	if (got < 0)
		return refuse(errno == EAGAIN ? EAGAIN : ENODEV);
	if (got < (ssize_t)sizeof moment)
		return refuse(ENODEV);
	memcpy(&moment, letter, sizeof moment);
	buffer->index = queue[0];
	memmove(queue, queue + 1, sizeof queue - sizeof *queue);
	queued--;
	buffer->bytesused = got - sizeof moment;
	memcpy(memory[buffer->index], letter + sizeof moment, buffer->bytesused);
	buffer->length = ROOM;
	buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
	buffer->timestamp.tv_sec = moment;
	buffer->timestamp.tv_usec = (moment - buffer->timestamp.tv_sec) * 1e6;
	return 0;
}

static int take(struct v4l2_buffer *buffer)
{
	queue[queued++] = buffer->index;
	return streaming ? wants_one() : 0;
}

static int run(int on)
{
	streaming = on;
	if (!on)
		queued = 0;
	for (int each = 0; on && each < queued; each++)
		if (wants_one())
			return -1;
	return 0;
}

static int shape(struct v4l2_format *format)
{
	format->fmt.pix = (struct v4l2_pix_format){ .width = WIDTH, .height = HEIGHT, .pixelformat = V4L2_PIX_FMT_MJPEG,
		.field = V4L2_FIELD_NONE, .sizeimage = ROOM, .colorspace = V4L2_COLORSPACE_JPEG };
	return 0;
}

static int able(struct v4l2_capability *what)
{
	memset(what, 0, sizeof *what);
	strcpy((char *)what->driver, "kiosk-test");
	strcpy((char *)what->card, "kiosk-test");
	what->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
	what->capabilities = what->device_caps | V4L2_CAP_DEVICE_CAPS;
	return 0;
}

static int room(struct v4l2_buffer *buffer)
{
	buffer->length = ROOM;
	buffer->m.offset = buffer->index * ROOM;
	return buffer->index < BUFFERS ? 0 : refuse(EINVAL);
}

static int at_30_a_second(struct v4l2_streamparm *what)
{
	what->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
	what->parm.capture.timeperframe = (struct v4l2_fract){ 1, 30 };
	return 0;
}

static int answer(unsigned long request, void *argument)
{
	switch (request) {
	case VIDIOC_QUERYCAP:
		return able(argument);
	case VIDIOC_G_INPUT:
		*(int *)argument = 0;
		return 0;
	case VIDIOC_S_INPUT:
		return *(int *)argument == 0 ? 0 : refuse(EINVAL);
	case VIDIOC_ENUMINPUT:
		return ((struct v4l2_input *)argument)->index == 0 ? 0 : refuse(EINVAL);
	case VIDIOC_G_FMT:
	case VIDIOC_S_FMT:
	case VIDIOC_TRY_FMT:
		return shape(argument);
	case VIDIOC_G_PARM:
	case VIDIOC_S_PARM:
		return at_30_a_second(argument);
	case VIDIOC_REQBUFS: {
		struct v4l2_requestbuffers *wanted = argument;

		wanted->count = wanted->count < BUFFERS ? wanted->count : BUFFERS;
		return 0;
	}
	case VIDIOC_QUERYBUF:
		return room(argument);
	case VIDIOC_QBUF:
		return take(argument);
	case VIDIOC_DQBUF:
		return give(argument);
	case VIDIOC_STREAMON:
		return run(1);
	case VIDIOC_STREAMOFF:
		return run(0);
	default:
		return refuse(EINVAL);
	}
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*real)(int, unsigned long, void *) = dlsym(RTLD_NEXT, "ioctl");
	va_list rest;
	void *argument;

	va_start(rest, request);
	argument = va_arg(rest, void *);
	va_end(rest);
	return fd >= 0 && fd == camera ? answer(request & 0xffffffff, argument) : real(fd, request, argument);
}
