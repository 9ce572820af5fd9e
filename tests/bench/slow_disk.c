/* Adds SLOW_DISK_MICROSECONDS to every fsync and fdatasync: this machine's disk is quicker than an office's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_a_little(void) {
    const char *text = getenv("SLOW_DISK_MICROSECONDS");
    usleep(text ? (useconds_t)atoi(text) : 4000);
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    wait_a_little();
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    wait_a_little();
    return real(file);
}
