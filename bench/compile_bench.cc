// SPDX-License-Identifier: Apache-2.0
// Scorecard of 28 metrics by month and channel with the year before, over Parquet: the compiler's SQL beside
// SQL written by hand for the same files. `compile_bench make FOLDER` writes the files; `compile_bench
// ours|hand|print FOLDER ROUNDS`.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "compile/compile.h"
#include "engine/duckdb.h"

namespace {

using namespace backcast;

constexpr const char* kHand = R"(
with a as (select date_trunc('month', date) m, channel, sum(impressions) impressions, sum(clicks) clicks, sum(link_clicks) link_clicks, sum(spend) spend,
  sum(video_3s) v3, sum(video_p100) v100, sum(thruplays) tp, sum(conversions) conversions, sum(conversion_value) cv, sum(leads) leads, sum(landing_page_views) lpv,
  min(currency) c0, max(currency) c1
  from ad_day where date >= date '2024-01-01' and date < date '2026-01-01' group by 1, 2),
s as (select date_trunc('month', date) m, channel, {distinct} visitors, {distinct_target} targeted,
  count(*) filter (where not bot) visits, count(*) filter (where bot) bots, count(*) n, count(*) filter (where is_new_visitor and not bot) fresh
  from session where date >= date '2024-01-01' and date < date '2026-01-01' group by 1, 2),
o as (select date_trunc('month', date) m, channel, count(*) filter (where not cancelled and not test) orders, sum(net) filter (where not cancelled and not test) net,
  sum(discount) filter (where not cancelled and not test) discount, sum(gross) filter (where not cancelled and not test) gross,
  count(*) filter (where is_first_order and not cancelled and not test) first_orders, count(distinct person) filter (where is_first_order and not cancelled) customers
  from "order" where date >= date '2024-01-01' and date < date '2026-01-01' group by 1, 2),
j as (select * from a full join s using (m, channel) full join o using (m, channel))
select m, channel, impressions, clicks, link_clicks, spend, 1000 * spend / nullif(impressions, 0) cpm, spend / nullif(clicks, 0) cpc, clicks / nullif(impressions, 0) ctr,
  link_clicks / nullif(impressions, 0) lctr, spend / nullif(link_clicks, 0) cplc, v3 / nullif(impressions, 0) hook, tp / nullif(v3, 0) hold, v100 / nullif(impressions, 0) vtr,
  conversions, spend / nullif(conversions, 0) cpa, cv / nullif(spend, 0) roas, leads, lpv / nullif(link_clicks, 0) lpvr, c0, c1, visitors, targeted, bots / nullif(n, 0) bot_share,
  fresh / nullif(visits, 0) new_share, orders, net, net / nullif(orders, 0) aov, first_orders / nullif(orders, 0) ncs, discount / nullif(gross, 0) ds,
  customers, spend / nullif(orders, 0) cpo
from j order by 1, 2)";

const std::vector<std::string> kMetrics = {"ad_impressions",
                                           "ad_clicks",
                                           "ad_link_clicks",
                                           "ad_spend",
                                           "cpm",
                                           "cpc",
                                           "ctr",
                                           "link_ctr",
                                           "cost_per_link_click",
                                           "hook_rate",
                                           "hold_rate",
                                           "vtr",
                                           "ad_conversions",
                                           "cpa",
                                           "roas",
                                           "ad_leads",
                                           "landing_page_view_rate",
                                           "visitors",
                                           "targeted_visitors",
                                           "bot_session_share",
                                           "new_visitor_share",
                                           "orders",
                                           "revenue_net",
                                           "aov",
                                           "new_customer_share",
                                           "discount_share",
                                           "new_customers",
                                           "gross_margin"};

void Must(const Result<Done>& result) {
  if (result.ok()) return;
  std::cerr << ToSentence(result.error()) << "\n";
  std::exit(1);
}

/// Columns of a fact, those without a made value as NULL.
std::string Select(const Fact& fact, const std::map<std::string, std::string>& made) {
  std::string text;
  for (const FactColumn& column : fact.columns) {
    const auto value = made.find(column.name);
    text +=
        (text.empty() ? "" : ", ") + ("cast(" + (value == made.end() ? "null" : value->second) + " as " +
                                      std::string(SqlType(column.type)) + ") as " + QuoteName(column.name));
  }
  return text + ", 'bench' as source, cast(1 as bigint) as load_id, cast(i as bigint) as line";
}

void Make(DuckDb& engine, const Schemas& schemas, const std::string& folder) {
  std::filesystem::create_directories(folder);
  Must(engine.Do(
      "create macro u(i, k) as ((hash(i::bigint * 1000 + k + 77) >> 11)::double / 9007199254740992.0)"));
  const std::string channel =
      "['facebook','instagram','x','linkedin','youtube','tiktok','pinterest','google_ads','meta_ads','email',"
      "'organic_search','direct'][1 + floor(u(i, 1) * 12)::int]";
  const auto write = [&](const char* fact, const std::string& rows,
                         const std::map<std::string, std::string>& made) {
    Must(engine.Do("copy (select " + Select(*schemas.Find(fact), made) + " from range(" + rows +
                   ") t(i) order by date) to '" + folder + "/" + fact +
                   ".parquet' (format parquet, compression zstd)"));
  };
  const std::string date = "date '2024-01-01' + (u(i, 2) * 730)::int";
  write("ad_day", "2000000",
        {{"ad", "i // 20"},
         {"date", date},
         {"platform", "'meta'"},
         {"channel", channel},
         {"currency", "'EUR'"},
         {"spend", "round(u(i,3) * 20, 2)"},
         {"impressions", "floor(u(i,4) * 900)"},
         {"clicks", "floor(u(i,5) * 30)"},
         {"link_clicks", "floor(u(i,6) * 20)"},
         {"video_3s", "floor(u(i,7) * 200)"},
         {"video_p100", "floor(u(i,8) * 50)"},
         {"thruplays", "floor(u(i,9) * 90)"},
         {"conversions", "floor(u(i,10) * 3)"},
         {"conversion_value", "round(u(i,11) * 90, 2)"},
         {"leads", "floor(u(i,12) * 2)"},
         {"landing_page_views", "floor(u(i,13) * 15)"}});
  write("session", "5000000",
        {{"session_id", "'s' || i"},
         {"person", "floor(u(i,3) * u(i,4) * 1500000)"},
         {"date", date},
         {"channel", channel},
         {"bot", "u(i,5) < 0.04"},
         {"is_new_visitor", "u(i,6) < 0.4"},
         {"in_target", "u(i,7) < 0.3"},
         {"pages", "1 + floor(u(i,8) * 5)"}});
  write("order", "30000",
        {{"order_id", "'o' || i"},
         {"person", "floor(u(i,3) * 20000)"},
         {"date", date},
         {"channel", channel},
         {"cancelled", "u(i,4) < 0.03"},
         {"test", "false"},
         {"gross", "round(u(i,5) * 200, 2)"},
         {"discount", "round(u(i,6) * 10, 2)"},
         {"net", "round(u(i,5) * 190, 2)"},
         {"cost_of_goods", "round(u(i,5) * 90, 2)"},
         {"currency", "'EUR'"},
         {"is_first_order", "u(i,7) < 0.35"}});
}

void Open(DuckDb& engine, const std::string& folder) {
  for (const char* fact : {"ad_day", "session", "order"}) {
    Must(engine.Do("create view " + QuoteName(fact) + " as select * from read_parquet('" + folder + "/" +
                   fact + ".parquet')"));
  }
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

std::string Replace(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string HandSql(bool bits) {
  std::string text = kHand;
  text = Replace(text, "{distinct}",
                 bits ? "bit_count(bitstring_agg(person, 0, 1499999) filter (where not bot))"
                      : "count(distinct person) filter (where not bot)");
  return Replace(text, "{distinct_target}",
                 bits ? "bit_count(bitstring_agg(person, 0, 1499999) filter (where in_target and not bot))"
                      : "count(distinct person) filter (where in_target and not bot)");
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "compile_bench make|ours|ours-plain|hand|hand-plain|print FOLDER [ROUNDS]\n";
    return 2;
  }
  const std::string mode = words[1];
  const std::string folder = words[2];
  const auto schemas = Schemas::Shipped();
  const auto catalogue = Catalogue::Shipped(schemas.value());
  auto engine = DuckDb::Open({.threads = 2});
  if (mode == "make") {
    Make(*engine.value(), schemas.value(), folder);
    return 0;
  }
  Open(*engine.value(), folder);
  Question question{kMetrics,
                    {"month", "channel"},
                    {},
                    {ParsePeriod("2025", Day{}).value(), ParsePeriod("2024", Day{}).value()}};
  CompileHints hints;
  if (mode != "ours-plain") hints = {{{"person", 1499999}}, {{"channel", 12}}};
  const auto compiled = Compile(catalogue.value(), schemas.value(), question, DuckDbDialect(), hints);
  if (!compiled.ok()) {
    std::cerr << ToSentence(compiled.error()) << "\n";
    return 1;
  }
  if (mode == "print") {
    std::cout << compiled.value().sql.text << "\n";
    return 0;
  }
  const std::string sql = mode.rfind("ours", 0) == 0 ? compiled.value().sql.text : HandSql(mode == "hand");
  std::vector<double> wall, cpu;
  const int rounds = count > 3 ? std::atoi(words[3]) : 5;
  std::size_t rows = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto from = std::chrono::steady_clock::now();
    const double cpu_from = CpuSeconds();
    const auto table = engine.value()->Run(sql);
    if (!table.ok()) {
      std::cerr << ToSentence(table.error()) << "\n";
      return 1;
    }
    rows = table.value().rows;
    wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count());
    cpu.push_back(CpuSeconds() - cpu_from);
  }
  std::sort(wall.begin(), wall.end());
  std::sort(cpu.begin(), cpu.end());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << mode << ": " << rows << " rows, wall min " << wall.front() << " s, median "
            << wall[wall.size() / 2] << " s, CPU min " << cpu.front() << " s, median " << cpu[cpu.size() / 2]
            << " s, peak " << usage.ru_maxrss / 1024 << " MiB\n";
}
