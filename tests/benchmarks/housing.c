/* One month of the housing market's core, as fast as plain C does it: a yardstick, not a part of the simulator.
 *
 *   gcc -O3 -march=native -fno-math-errno -fno-trapping-math -fno-signed-zeros -ffinite-math-only \
 *       -shared -fPIC -o libhousing.so housing.c -lm
 *
 * Driven by housing_c.py (ctypes), which also compiles it, on arrays made by NumPy. In the month: who searches, ten listings looked at, a choice
 * among them and staying, one winner per listing, moves, counts, two indices. Not in it: demography, rents, landlords,
 * loans, screening, several applications, records on disk.
 *
 * What makes it fast is said where it is done. Luck is a pure function of (seed, purpose, month, household [, dwelling]);
 * no draw depends on how many came before it, except in DRAW_SKIP. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

typedef uint8_t  u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t  i32;
typedef int64_t  i64;

enum { LISTINGS = 10, STAY = LISTINGS, LANES = 16, AHEAD = 12 };   /* AHEAD: how many searchers ahead memory is asked for */
enum rule { BID, QUEUE, LOTTERY, POINTS };
enum draw { DRAW_SKIP, DRAW_EACH };         /* geometric skipping over rows | one draw per household (common luck by name) */
enum taste { TASTE_LOGIT, TASTE_PAIR };     /* one uniform over logit shares | one extreme-value shock per (household, dwelling) */
enum purpose { SEARCH = 1, SAMPLE, TASTE, TIES };
enum phase { TABLE, SEARCHERS, CHOOSE, ALLOCATE, MOVE, INDICES, PHASES };

/* All that choosing needs to know of a home in one quarter of a cache line: one miss instead of four. */
typedef struct { float rent, quality; u32 id; uint16_t area; u8 rooms, tenure; } dwelling;

typedef struct {
    i64 households, areas, groups, dwellings, vacancies;
    /* per household */
    float *income; u8 *group, *persons; i32 *home; int16_t *registered; u8 *points;
    /* per dwelling */
    dwelling *stock; i32 *occupant;
    /* per vacancy: which dwelling; a packed copy, made each month, that stays in the cache while everybody samples it */
    i32 *vacant; dwelling *listing;
    /* per area: households by group (areas x groups), households, sum of income, amenity; per group and area: attraction */
    i32 *count, *total; double *income_sum; float *amenity, *attraction;
    /* scratch, made once: per searcher and per vacancy */
    u32 *searcher; i32 *choice; float *priority; u64 *best; i32 *winner, *won;
    u64 seed; float search_share; i32 rule, draw, taste;
} town;

/* ---- luck -------------------------------------------------------------------------------------------------------- */

#define GOLDEN 0x9e3779b97f4a7c15ULL
static inline u64 mix(u64 z) {              /* finaliser of SplitMix64 (Steele, Lea & Flood 2014) */
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}
static inline u64 key_of(u64 seed, u64 purpose, u64 month) { return mix(mix(mix(seed + GOLDEN) + purpose * GOLDEN) + month * GOLDEN); }
static inline u64 of(u64 key, u64 who) { return mix(key + (who + 1) * GOLDEN); }

/* ---- arithmetic: polynomials that the compiler can lay out in vector lanes ------------------------------------------ */

static inline float exp_negative(float x) { /* x <= 0; relative error about 2e-7 */
    float t = x * 1.44269504f;
    t = (t < -126.f ? -126.f : t) + 127.f;
    i32 i = (i32)t; float f = t - i;
    float p = 1.3333558e-3f;
    p = p * f + 9.6181291e-3f; p = p * f + 5.5504109e-2f; p = p * f + 2.4022651e-1f; p = p * f + 6.9314718e-1f; p = p * f + 1.0f;
    union { i32 i; float f; } u = {.i = (i32)((u32)i << 23)};
    return u.f * p;
}
static inline float log_positive(float x) { /* x > 0 and normal; after Cephes' logf */
    union { float f; i32 i; } u = {.f = x};
    i32 shift = u.i - 0x3f3504f3;           /* mantissa into [sqrt(1/2), sqrt(2)) */
    i32 e = shift >> 23;
    u.i = (shift & 0x7fffff) + 0x3f3504f3;
    float m = u.f - 1.0f, p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f; p = p * m + 1.1676998740e-1f; p = p * m - 1.2420140846e-1f; p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f; p = p * m + 2.0000714765e-1f; p = p * m - 2.4999993993e-1f; p = p * m + 3.3333331174e-1f;
    return m + m * m * (p * m - 0.5f) + e * 0.69314718f;
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

/* ---- the phases ---------------------------------------------------------------------------------------------------- */

static void table(town *t) {                /* one number per group and area, so that a listing costs one read, not three */
    double mean = 0;
    for (i64 a = 0; a < t->areas; a++) mean += t->income_sum[a];
    mean /= t->households;
    for (i64 g = 0; g < t->groups; g++)
        for (i64 a = 0; a < t->areas; a++) {
            float n = t->total[a] > 0 ? t->total[a] : 1;
            t->attraction[g * t->areas + a] = 2.0f * t->count[a * t->groups + g] / n + 0.5f * (float)(t->income_sum[a] / n / mean) + t->amenity[a];
        }
    for (i64 v = 0; v < t->vacancies; v++) t->listing[v] = t->stock[t->vacant[v]];
}

static i64 searchers(town *t, u64 month) {  /* in row order, which is the order the household columns lie in */
    u64 key = key_of(t->seed, SEARCH, month);
    i64 n = 0;
    if (t->draw == DRAW_EACH) {
        u64 limit = t->search_share < 1 ? (u64)((double)t->search_share * 0x1p64) : ~0ull;
        for (i64 h = 0; h < t->households; h++) { t->searcher[n] = h; n += of(key, h) < limit; }
    } else {
        float scale = 1.0f / logf(1.0f - t->search_share);
        for (i64 h = -1;;) {
            key += GOLDEN;
            h += 1 + (i64)(logf(((mix(key) >> 40) + 1) * 0x1p-24f) * scale);
            if (h >= t->households) break;
            t->searcher[n++] = h;
        }
    }
    return n;
}

static inline float worth(const dwelling *d, float minus4_over_income, const float *attraction, float persons) {
    return d->rent * minus4_over_income + attraction[d->area] + d->quality - 0.3f * fabsf((float)d->rooms - persons);
}

static inline void choose(town *t, i64 n, u64 month, const int pair) {     /* compiled twice */
    u64 sample = key_of(t->seed, SAMPLE, month), taste = key_of(t->seed, TASTE, month), vacancies = t->vacancies;
    float u[LANES] __attribute__((aligned(64))), c[LANES] __attribute__((aligned(64)));
    u64 id[LANES] __attribute__((aligned(64)));
    u32 js[LANES];
    for (int k = 0; k < LANES; k++) { u[k] = -1e30f; id[k] = 0; }
    for (i64 s = 0; s < n; s++) {
        if (s + 3 * AHEAD < n) {                            /* two stages: the household's columns, then its home */
            u32 next = t->searcher[s + 3 * AHEAD];
            __builtin_prefetch(&t->home[next]); __builtin_prefetch(&t->income[next]);
            __builtin_prefetch(&t->group[next]); __builtin_prefetch(&t->persons[next]);
        }
        if (s + AHEAD < n) __builtin_prefetch(&t->stock[t->home[t->searcher[s + AHEAD]]]);
        u32 h = t->searcher[s];
        float per = -4.0f / t->income[h], persons = t->persons[h];
        const float *attraction = t->attraction + t->group[h] * t->areas;
        u64 r = of(sample, h), m = 0;
        for (int k = 0; k < LISTINGS; k += 2) {             /* two listings from one hash */
            m = mix(r += GOLDEN);
            js[k] = (m >> 32) * vacancies >> 32; js[k + 1] = (m & 0xffffffffu) * vacancies >> 32;
        }
        for (int k = 0; k < LISTINGS; k++) { const dwelling *d = &t->listing[js[k]]; u[k] = worth(d, per, attraction, persons); if (pair) id[k] = d->id; }
        u[STAY] = 0.5f + worth(&t->stock[t->home[h]], per, attraction, persons);
        if (pair) id[STAY] = t->home[h];
        int pick = 0;
        float top = u[0], sum = 0;
        for (int k = 1; k < LANES; k++) top = u[k] > top ? u[k] : top;
        for (int k = 0; k < LANES; k++) c[k] = exp_negative(u[k] - top);
        if (pair) {                                         /* largest u + Gumbel = largest exp(u) / exponential: one log, not two */
            u64 mine = of(taste, h);
            for (int k = 0; k < LANES; k++) c[k] /= -log_positive((i32)(mix(mine + (id[k] + 1) * GOLDEN) >> 41) * 0x1p-23f + 0x1p-24f);
            for (int k = 0; k < LANES; k++) sum = c[k] > sum ? c[k] : sum;
            for (int k = STAY; k >= 0; k--) pick = c[k] == sum ? k : pick;
        } else {
            for (int k = 0; k <= STAY; k++) { sum += c[k]; c[k] = sum; }
            float x = (mix(r += GOLDEN) >> 40) * 0x1p-24f * sum;
            for (int k = 0; k < STAY; k++) pick += x >= c[k];   /* no branch to guess wrong */
        }
        if (pick == STAY) { t->choice[s] = -1; continue; }
        t->choice[s] = js[pick];
        t->priority[s] = t->rule == BID     ? t->income[h] * (0.3f + 0.02f * (u[pick] - u[STAY]))
                       : t->rule == QUEUE   ? (float)(32000 - t->registered[h])
                       : t->rule == LOTTERY ? 1.0f : (float)t->points[h];
    }
}

/* One maximum per listing, in any order: the bits of a positive float sort like the float, the hash below breaks ties. */
static void allocate(town *t, i64 n, u64 month) {
    u64 ties = key_of(t->seed, TIES, month);
    memset(t->best, 0, t->vacancies * sizeof *t->best);
    for (i64 s = 0; s < n; s++) {
        i32 v = t->choice[s];
        if (v < 0) continue;
        union { float f; u32 i; } p = {.f = t->priority[s] > 0 ? t->priority[s] : 0};
        u64 bid = (u64)p.i << 32 | (of(ties, t->searcher[s]) >> 32 | 1);
        if (bid > t->best[v]) { t->best[v] = bid; t->winner[v] = s; }
    }
}

static i64 moves(town *t, u64 month) {      /* counts follow the moves; nothing is counted anew. The old home takes the slot of the new one. */
    i64 n = 0, G = t->groups;
    for (i64 v = 0; v < t->vacancies; v++) if (t->best[v]) t->won[n++] = v;
    for (i64 x = 0; x < n; x++) {
        if (x + 2 * AHEAD < n) __builtin_prefetch(&t->home[t->searcher[t->winner[t->won[x + 2 * AHEAD]]]], 1);
        if (x + AHEAD < n) {
            i32 v = t->won[x + AHEAD]; u32 h = t->searcher[t->winner[v]]; i32 d = t->home[h], e = t->vacant[v];
            __builtin_prefetch(&t->stock[d]); __builtin_prefetch(&t->stock[e]);
            __builtin_prefetch(&t->occupant[d], 1); __builtin_prefetch(&t->occupant[e], 1);
            __builtin_prefetch(&t->registered[h], 1); __builtin_prefetch(&t->income[h]); __builtin_prefetch(&t->group[h]);
        }
        i32 v = t->won[x]; u32 h = t->searcher[t->winner[v]];
        i32 from = t->home[h], to = t->vacant[v];
        i64 a = t->stock[from].area, b = t->stock[to].area, g = t->group[h];
        t->home[h] = to; t->occupant[to] = h; t->occupant[from] = -1; t->vacant[v] = from; t->registered[h] = month;
        t->count[a * G + g]--; t->total[a]--; t->income_sum[a] -= t->income[h];
        t->count[b * G + g]++; t->total[b]++; t->income_sum[b] += t->income[h];
    }
    return n;
}

static void indices(const town *t, double *dissimilarity, double *entropy) {    /* group 0 against the rest; all groups */
    i64 A = t->areas, G = t->groups;
    double all = 0, of_group[16] = {0}, E = 0, D = 0, H = 0;
    for (i64 a = 0; a < A; a++) { all += t->total[a]; for (i64 g = 0; g < G; g++) of_group[g] += t->count[a * G + g]; }
    for (i64 g = 0; g < G; g++) { double z = of_group[g] / all; if (z > 0) E -= z * log(z); }
    for (i64 a = 0; a < A; a++) {
        if (!t->total[a]) continue;
        double e = 0, n = t->total[a], x = t->count[a * G];
        D += fabs(x / of_group[0] - (n - x) / (all - of_group[0]));
        for (i64 g = 0; g < G; g++) { double z = t->count[a * G + g] / n; if (z > 0) e -= z * log(z); }
        H += n * (E - e);
    }
    *dissimilarity = D / 2; *entropy = H / (E * all);
}

/* One month. Everybody decides on the state at its start. ns: PHASES sums of thread time, added to; out: D, H, searchers.
 * Returns the number of moves. At most 16 groups and 65,535 areas. */
i64 month(town *t, i64 number, double *ns, double *out) {
    double clock[PHASES + 1];
    clock[TABLE] = now();     table(t);
    clock[SEARCHERS] = now(); i64 n = searchers(t, number);
    clock[CHOOSE] = now();    if (t->taste == TASTE_PAIR) choose(t, n, number, 1); else choose(t, n, number, 0);
    clock[ALLOCATE] = now();  allocate(t, n, number);
    clock[MOVE] = now();      i64 moved = moves(t, number);
    clock[INDICES] = now();   indices(t, &out[0], &out[1]);
    clock[PHASES] = now();
    for (int p = 0; p < PHASES; p++) ns[p] += clock[p + 1] - clock[p];
    out[2] = n;
    return moved;
}
