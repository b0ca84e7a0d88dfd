// SPDX-License-Identifier: Apache-2.0
// How long the lake takes for a first load, the same rows again and a restated month, beside a plain COPY of
// the table. Usage: lake_bench [rows] [folder]
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "lake/lake.h"

namespace {

using namespace backcast;  // NOLINT: a program of its own

template <class T>
T OrExit(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", ToSentence(result.error()).c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Wall time, and processor time, which says more on a machine that others use too.
template <class Work>
void Timed(const char* what, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  const double cpu = CpuSeconds();
  const std::string said = work();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%-44s %8.3f s  cpu %7.3f s  peak %5ld MiB  %s\n", what, seconds, CpuSeconds() - cpu,
              usage.ru_maxrss / 1024, said.c_str());
  std::fflush(stdout);
}

std::string Said(const LoadReceipt& receipt) {
  std::string text;
  for (const Change& c : receipt.changes) {
    text += c.fact + ": new " + std::to_string(c.new_rows) + " unchanged " + std::to_string(c.unchanged) +
            " restated " + std::to_string(c.restated) + " repeated " + std::to_string(c.repeated) + "; ";
  }
  return text;
}

/// 40,000 posts over 600 days, as an export would bring them: ordered by day.
std::string Rows(long rows, const std::string& views) {
  return "select 'meta:' || (i % 40000) as post, date '2024-01-01' + (i * 600 // " + std::to_string(rows) +
         ")::int as date, 'instagram' as platform, 'acct' || (i % 5) as account, case when (i // 40000) % 7 "
         "= 0 then 'paid' else 'organic' end "
         "as paid, 'theme' || (i % 20) as theme, null::varchar as media_type, (hash(i * 3) % 10000)::bigint "
         "as impressions, " +
         views +
         " as views, null::bigint as engaged_views, null::bigint as reach_unique, (hash(i * 7) % "
         "800)::bigint as reactions, (hash(i * 11) % 80)::bigint "
         "as comments, (hash(i * 13) % 50)::bigint as shares, (hash(i * 17) % 50)::bigint as saves, (hash(i "
         "* 19) % 500)::bigint as link_clicks, "
         "null::bigint as other_clicks, null::bigint as profile_clicks, null::bigint as video_3s, "
         "null::bigint as video_p100, null::double as "
         "watch_seconds, null::bigint as hides, null::bigint as reports, ((hash(i * 23) % 100000) / "
         "100)::decimal(18, 4) as spend, 'EUR' as "
         "currency, null::varchar as derivation, null::boolean as correction, i::bigint as line from range(" +
         std::to_string(rows) + ") t(i)";
}

}  // namespace

int main(int argc, char** argv) {
  const long rows = argc > 1 ? std::atol(argv[1]) : 2'000'000;
  const std::filesystem::path root =
      argc > 2 ? argv[2] : std::filesystem::temp_directory_path() / "backcast-lake-bench";
  std::filesystem::remove_all(root);
  std::filesystem::create_directories(root);
  const std::string folder = (root / "lake").string();
  const Schemas schemas = OrExit(Schemas::Shipped());
  const auto engine =
      OrExit(DuckDb::Open({.memory = "2GB", .spill = (root / "spill").string(), .folders = {root.string()}}));
  OrExit(engine->Lock());
  const std::string views = "(hash(i * 5) % 9000)::bigint";
  const auto stage = [&](const std::string& sql) {
    OrExit(engine->Do("create or replace temp table staged as " + sql));
  };
  stage(Rows(rows, views));
  for (int round = 0; round < 2; ++round) {
    Timed("raw COPY of the staged table to Parquet", [&] {
      OrExit(engine->Do("copy staged to '" + (root / "raw.parquet").string() +
                        "' (format parquet, compression zstd)"));
      return std::string();
    });
  }
  Lake lake = OrExit(Lake::Open(folder, schemas));
  const auto commit = [&](const std::string& sha) {
    return Said(OrExit(
        lake.Commit(*engine, {"bench", sha + ".csv", sha, "", rows, 0}, {{"post_day", "staged"}}, {})));
  };
  Timed("first load", [&] { return commit("a"); });
  Timed("the same rows again", [&] { return commit("b"); });
  const std::string last = " where date >= date '2024-01-01' + 572";
  stage("select * from (" + Rows(rows, "((hash(i * 5) % 9000) + (i % 3 = 0)::int)::bigint") + ")" + last);
  Timed("the last 28 days, a third restated", [&] { return commit("c"); });
  stage("select * from (" + Rows(rows, "((hash(i * 5) % 9000) + 7)::bigint") +
        ") where line % 100 = 0 and line > " + std::to_string(rows * 9 / 10));
  Timed("0.1 % of the rows, all restated", [&] { return commit("d"); });
  Timed("find a load", [&] { return std::string(OrExit(lake.FindLoad("a")) ? "found" : "lost"); });
  Timed("open another lake object and find a load", [&] {
    const Lake other = OrExit(Lake::Open(folder, schemas));
    return std::string(OrExit(other.FindLoad("a")) ? "found" : "lost");
  });
  Timed("attach", [&] {
    OrExit(lake.Attach(*engine));
    return std::string();
  });
  Timed("sum over the fact", [&] {
    return std::to_string(
        OrExit(engine->Run("select sum(views), count(*) from post_day")).columns[1].numbers[0]);
  });
  std::filesystem::remove_all(root);
  return 0;
}
