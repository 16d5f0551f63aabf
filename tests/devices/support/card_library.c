/* A vendor's card library as they come, driven by files in $FAKE_CARD: `mode` says how it behaves, FUNCTION.code and
 * FUNCTION.out0, .out1 what it answers; each call leaves a byte in `calls`. Built by the tests with cc -shared -fPIC. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t load(const char *name, char *into, size_t most) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("FAKE_CARD"), name);
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(into, 1, most, file) : 0;
    if (file) fclose(file);
    return length;
}

static void count(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/calls", getenv("FAKE_CARD"));
    FILE *file = fopen(path, "ab");
    if (file) { fputc('.', file); fclose(file); }
}

static void misbehave(char *out) {
    char mode[64] = {0};
    load("mode", mode, sizeof mode - 1);
    if (!strcmp(mode, "crash")) raise(SIGSEGV);
    if (!strcmp(mode, "exit")) exit(7);
    if (!strcmp(mode, "hang")) for (;;) pause();
    if (!strncmp(mode, "slow ", 5)) usleep(1000 * atoi(mode + 5));
    if (!strcmp(mode, "overrun") && out) memset(out, 'A', 12000);
    if (!strcmp(mode, "print")) { printf("{\"n\": 1}"); fflush(stdout); }
    if (!strcmp(mode, "garble"))
        for (int fd = 3; fd < 64; fd++) (void)!write(fd, "\0\0\0\7garbage\377\377\377\377", 15);
}

static long answer(const char *function, char *out0, char *out1) {
    char name[256], code[32] = {0};
    count();
    snprintf(name, sizeof name, "%s.out0", function);
    if (out0) out0[load(name, out0, 8191)] = 0;
    snprintf(name, sizeof name, "%s.out1", function);
    if (out1) out1[load(name, out1, 8191)] = 0;
    misbehave(out0);
    snprintf(name, sizeof name, "%s.code", function);
    load(name, code, sizeof code - 1);
    return atol(code);
}

long iReadCardBas(int type, char *out) { (void)type; return answer("iReadCardBas", out, NULL); }
long iReadCard(int type, int auth, char *card, char *files, char *out) {
    (void)type; (void)auth; (void)card; (void)files;
    return answer("iReadCard", out, NULL);
}
long iReadCardBas_HSM_Step1(int type, char *out) { (void)type; return answer("iReadCardBas_HSM_Step1", out, NULL); }
long iReadCardBas_HSM_Step2(char *key, char *out) {
    char wanted[512] = {0};
    load("key", wanted, sizeof wanted - 1);
    return strcmp(key, wanted) ? -99 : answer("iReadCardBas_HSM_Step2", out, NULL);
}
long Init(char *json, char *error) { (void)json; return answer("Init", error, NULL); }
long ReadCardBas(char *card, char *blob) { return answer("ReadCardBas", card, blob); }
