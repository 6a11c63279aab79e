/* Competitors in C, without any binding: libxgboost's XGBoosterPredictFromDense, or the code that tl2cgen wrote.
 * Usage: capi xgboost LIBXGBOOST | capi tl2cgen -
 * Requests on stdin, one a line: "open MODEL ROWS FEATURES COUNT THREADS", "run BATCH MILLISECONDS", "outputs FILE". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void *Handle;
typedef uint64_t Ulong;
typedef void (*Predict)(size_t begin, size_t count);

static float *rows;
static size_t features, count;
static float *results;
static Predict predict;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int fail(char const *why) {
  char text[160];
  snprintf(text, sizeof text, "%s", why);
  for (char *c = text; *c; ++c)
    if (*c == '"' || *c == '\\' || *c == '\n') *c = ' ';
  printf("{\"error\":\"%s\"}\n", text);
  return 0;
}

/* libxgboost */
static int (*create)(Handle const *, Ulong, Handle *);
static int (*load_model)(Handle, char const *);
static int (*set_param)(Handle, char const *, char const *);
static int (*release)(Handle);
static int (*from_dense)(Handle, char const *, char const *, Handle, Ulong const **, Ulong *, float const **);
static char const *(*last_error)(void);
static Handle booster;

static void predict_xgboost(size_t begin, size_t n) {
  static char const config[] =
      "{\"type\":0,\"iteration_begin\":0,\"iteration_end\":0,\"strict_shape\":false,\"missing\":NaN}";
  char array[160];
  Ulong const *shape;
  Ulong dim;
  float const *out;
  snprintf(array, sizeof array, "{\"data\":[%llu,true],\"typestr\":\"<f4\",\"version\":3,\"shape\":[%zu,%zu]}",
           (unsigned long long)(uintptr_t)(rows + begin * features), n, features);
  if (from_dense(booster, array, config, NULL, &shape, &dim, &out) != 0) {
    fprintf(stderr, "%s\n", last_error());
    exit(1);
  }
  memcpy(results, out, n * sizeof *results);
}

static int open_xgboost(char const *model, char const *threads) {
  if (booster) release(booster);
  if (create(NULL, 0, &booster) || load_model(booster, model) || set_param(booster, "nthread", threads))
    return fail(last_error());
  return 1;
}

/* tl2cgen */
union Entry {
  int missing;
  float fvalue;
};
static void (*generated)(union Entry *, int, float *);
static void *shared;

static void predict_tl2cgen(size_t begin, size_t n) {
  union Entry entries[1024];
  for (size_t i = 0; i < n; ++i) {
    float const *row = rows + (begin + i) * features;
    for (size_t j = 0; j < features; ++j) {
      if (row[j] != row[j]) entries[j].missing = -1;
      else entries[j].fvalue = row[j];
    }
    results[i] = 0;
    generated(entries, 0, &results[i]);
  }
}

static int open_tl2cgen(char const *model, char const *threads) {
  if (strcmp(threads, "1") != 0) return fail("one thread only");
  if (shared) dlclose(shared);
  shared = dlopen(model, RTLD_NOW | RTLD_LOCAL);
  if (!shared) return fail(dlerror());
  *(void **)&generated = dlsym(shared, "predict");
  return 1;
}

static int by_size(void const *a, void const *b) {
  double x = *(double const *)a, y = *(double const *)b;
  return (x > y) - (x < y);
}

static void measure(size_t batch, double milliseconds) {
  enum { kMost = 1 << 20, kGroup = 16 };
  static double samples[kMost];
  size_t const batches = count / batch, group = batch == 1 ? kGroup : 1;
  size_t taken = 0, at = 0;
  for (size_t i = 0; i < 4 * group; ++i) predict(i % batches * batch, batch);
  int64_t const end = now() + (int64_t)(milliseconds * 1e6);
  while ((now() < end || taken < 3) && taken < kMost) {
    int64_t const started = now();
    for (size_t i = 0; i < group; ++i) {
      predict(at * batch, batch);
      at = at + 1 < batches ? at + 1 : 0;
    }
    samples[taken++] = (double)(now() - started) / (double)(group * batch);
  }
  qsort(samples, taken, sizeof *samples, by_size);
  printf("{\"min\":%.3f,\"p50\":%.3f,\"p99\":%.3f,\"samples\":%zu}\n", samples[0], samples[taken / 2],
         samples[(size_t)(0.99 * (double)taken)], taken);
}

static int open_rows(char const *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return fail("no file of rows");
  free(rows);
  free(results);
  rows = malloc(count * features * sizeof *rows);
  results = malloc(count * sizeof *results);
  size_t const read = fread(rows, sizeof *rows * features, count, file);
  fclose(file);
  return read == count ? 1 : fail("the file of rows is short");
}

int main(int argc, char **argv) {
  char line[4096], a[1800], b[1800], threads[16];
  if (argc != 3) return 2;
  int const xgboost = strcmp(argv[1], "xgboost") == 0;
  if (xgboost) {
    void *library = dlopen(argv[2], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
    }
    *(void **)&create = dlsym(library, "XGBoosterCreate");
    *(void **)&load_model = dlsym(library, "XGBoosterLoadModel");
    *(void **)&set_param = dlsym(library, "XGBoosterSetParam");
    *(void **)&release = dlsym(library, "XGBoosterFree");
    *(void **)&from_dense = dlsym(library, "XGBoosterPredictFromDense");
    *(void **)&last_error = dlsym(library, "XGBGetLastError");
  }
  predict = xgboost ? predict_xgboost : predict_tl2cgen;
  while (fgets(line, sizeof line, stdin)) {
    size_t batch;
    double milliseconds;
    if (sscanf(line, "open %1799s %1799s %zu %zu %15s", a, b, &features, &count, threads) == 5) {
      if ((xgboost ? open_xgboost(a, threads) : open_tl2cgen(a, threads)) && open_rows(b)) printf("{\"ok\":true}\n");
    } else if (sscanf(line, "run %zu %lf", &batch, &milliseconds) == 2) {
      measure(batch, milliseconds);
    } else if (sscanf(line, "outputs %1799s", a) == 1) {
      for (size_t at = 0; at < count; at += 1024) {
        float *all = results;
        results = all + at;
        predict(at, count - at < 1024 ? count - at : 1024);
        results = all;
      }
      FILE *file = fopen(a, "wb");
      if (file) {
        fwrite(results, sizeof *results, count, file);
        fclose(file);
      }
      printf("{}\n");
    }
    fflush(stdout);
  }
  return 0;
}
