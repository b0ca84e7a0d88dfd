// SPDX-License-Identifier: Apache-2.0
#include "desk/content_posts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "desk/question.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

constexpr double kSecondsOfDay = 86400;

/// What one row of counters says.
struct Counters {
  Day day{};
  std::int64_t load = 0;
  std::optional<double> engagement, kept, seen;
};

/// Rows of one post by who paid for them: "organic", "paid", "total" ("" = not said).
struct PostRows {
  std::map<std::string, std::vector<Counters>> readings, days;

  const std::vector<Counters>* Of(const std::map<std::string, std::vector<Counters>>& rows) const {
    for (const char* kind : {"organic", "total", ""}) {
      if (const auto found = rows.find(kind); found != rows.end()) return &found->second;
    }
    return nullptr;
  }
  bool Has(const char* kind) const { return readings.contains(kind) || days.contains(kind); }
};

Result<std::string> FilterSql(const Workspace& workspace, const std::vector<Filter>& filters) {
  const Fact& post = *workspace.schemas().Find("post");
  std::string sql;
  for (const Filter& filter : filters) {
    const FactColumn* column = post.Find(filter.dimension);
    if (column == nullptr || column->type != Type::kLabel)
      return Error{Code::kUsage, "", "posts have no column '" + filter.dimension + "'",
                   "for example --where platform=instagram"};
    std::string list;
    for (const std::string& value : filter.values) list += (list.empty() ? "" : ", ") + QuoteText(value);
    const std::string name =
        filter.dimension == "platform" || filter.dimension == "account"
            ? "coalesce(p." + QuoteName(filter.dimension) + ", s." + QuoteName(filter.dimension) + ")"
            : "p." + QuoteName(filter.dimension);
    sql += " and coalesce(" + name + ", '') in (" + list + ")";
  }
  return sql;
}

std::string PostsSql(const Window& window, const std::string& filters) {
  return "select p.post_key as k, coalesce(p.platform, s.platform) as platform, coalesce(p.account, "
         "s.account) as "
         "account, p.post_id, p.url, p.text, p.media_type, p.theme, p.focus, "
         "coalesce(p.published_on, cast(p.published_at as date), s.published_on) as published_on, "
         "p.published_at\n"
         "from post p left join (select post, min(platform) as platform, min(account) as account, "
         "min(published_on) as published_on from post_snapshot group by post) s on s.post = p.post_key\n"
         "where coalesce(p.author_type, 'own') = 'own' and coalesce(p.published_on, cast(p.published_at as "
         "date), "
         "s.published_on) >= date '" +
         ToIso(window.from) +
         "' and coalesce(p.published_on, cast(p.published_at as date), s.published_on) < date '" +
         ToIso(window.to) + "'" + filters;
}

/// What both facts of counters are asked; `day` and the columns that only one of them has are filled in.
std::string CountersSql(const std::string& fact, const std::string& day, const std::string& engagements,
                        const std::string& posts, const std::string& where) {
  return "with own as (" + posts + ")\nselect f.post as k, f." + day +
         " as day, coalesce(f.paid, '') as paid, f.load_id,\n"
         "  case when coalesce(f.reactions, f.comments, f.shares, f.saves) is null then " +
         engagements +
         " else coalesce(f.reactions, 0) + coalesce(f.comments, 0) + coalesce(f.shares, 0) + "
         "coalesce(f.saves, 0) end "
         "as engagement,\n"
         "  case when coalesce(f.shares, f.saves) is not null then coalesce(f.shares, 0) + coalesce(f.saves, "
         "0) end as "
         "kept,\n"
         "  coalesce(f.impressions, f.views) as seen\nfrom " +
         fact + " f where f.post in (select k from own)" + where + "\norder by k, paid, day";
}

Day DayAt(const Table& table, const std::string& column, std::size_t row) {
  return Day{std::chrono::days{static_cast<std::int64_t>(NumberAt(table, column, row).value_or(0))}};
}

/// A counter that was corrected below nought is taken as nought.
std::optional<double> CountAt(const Table& table, const std::string& column, std::size_t row) {
  const auto number = NumberAt(table, column, row);
  return number ? std::optional(std::max(0.0, *number)) : std::nullopt;
}

void TakeCounters(const Table& table, const std::map<std::int64_t, std::size_t>& places,
                  std::map<std::string, std::vector<Counters>> PostRows::* into,
                  std::vector<PostRows>& rows) {
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto place = places.find(static_cast<std::int64_t>(NumberAt(table, "k", row).value_or(-1)));
    if (place == places.end()) continue;
    (rows[place->second].*into)[WordAt(table, "paid", row)].push_back(
        {DayAt(table, "day", row), static_cast<std::int64_t>(NumberAt(table, "load_id", row).value_or(0)),
         CountAt(table, "engagement", row), CountAt(table, "kept", row), CountAt(table, "seen", row)});
  }
}

/// Seconds since 1970 of "2026-11-26T20:13:29Z"; nothing for anything else.
std::optional<std::int64_t> SecondsOf(const std::string& instant) {
  if (instant.size() < 19) return std::nullopt;
  const auto day = ParseIsoDay(std::string_view(instant).substr(0, 10));
  if (!day.ok()) return std::nullopt;
  const auto part = [&](std::size_t at) -> std::int64_t {
    return (instant[at] - '0') * 10 + (instant[at + 1] - '0');
  };
  return day.value().time_since_epoch().count() * 86400 + part(11) * 3600 + part(14) * 60 + part(17);
}

void ReadReadings(const std::vector<Counters>& rows, const std::map<std::int64_t, std::int64_t>& loaded,
                  ReadPost& post) {
  for (const Counters& row : rows) {
    const auto age = static_cast<double>((row.day - post.published).count());
    if (age < 0) continue;
    if (row.engagement) post.engagement.push_back({age, *row.engagement});
    if (row.kept) post.kept.push_back({age, *row.kept});
    if (row.seen) post.seen = row.seen;
    const auto came = loaded.find(row.load);
    if (!row.engagement || !post.published_at || came == loaded.end()) continue;
    const double exact = static_cast<double>(came->second - *post.published_at) / kSecondsOfDay;
    if (exact > 0 && Day{std::chrono::days{came->second / 86400}} == row.day)
      post.clocked.push_back({exact, *row.engagement});
  }
}

/// Days add up from publication on; a post whose first days are not there has no curve.
void ReadDays(const std::vector<Counters>& rows, Day last, ReadPost& post) {
  if (rows.empty() || rows.front().day > post.published + std::chrono::days{1}) return;
  double engagement = 0, kept = 0, seen = 0;
  bool has_kept = false, has_seen = false;
  const auto age = [&](Day day) { return static_cast<double>((day - post.published).count()) + 1; };
  for (const Counters& row : rows) {
    if (row.day < post.published) continue;
    engagement += row.engagement.value_or(0);
    kept += row.kept.value_or(0);
    seen += row.seen.value_or(0);
    has_kept |= row.kept.has_value();
    has_seen |= row.seen.has_value();
    post.engagement.push_back({age(row.day), engagement});
    if (has_kept) post.kept.push_back({age(row.day), kept});
  }
  // Nothing more was counted until the last day of the account's report.
  for (PostCurve* curve : {&post.engagement, &post.kept}) {
    if (!curve->empty() && age(last) > curve->back().age) curve->push_back({age(last), curve->back().value});
  }
  if (has_seen) post.seen = seen;
}

}  // namespace

Result<std::vector<ReadPost>> ReadPosts(Workspace& workspace, const Ready& ready, const ContentLabels& labels,
                                        const Window& window, const std::vector<Filter>& filters,
                                        std::vector<std::string>& sql) {
  BACKCAST_TRY(const std::string filter, FilterSql(workspace, filters));
  const std::string posts_sql = PostsSql(window, filter);
  const auto ask = [&](std::string text) {
    sql.push_back(std::move(text));
    return workspace.engine().Run(Statement{sql.back(), {}});
  };
  BACKCAST_TRY(const Table table, ask(posts_sql + "\norder by platform, published_on, post_id, k"));
  const Labeller labeller(labels.rules, labels.by_hand);
  std::vector<ReadPost> posts;
  std::map<std::int64_t, std::size_t> places;
  for (std::size_t row = 0; row < table.rows; ++row) {
    ReadPost post;
    post.platform = WordAt(table, "platform", row);
    post.account = WordAt(table, "account", row);
    post.id = WordAt(table, "post_id", row);
    post.text = WordAt(table, "text", row);
    post.format = WordAt(table, "media_type", row);
    post.focus = WordAt(table, "focus", row);
    post.published = DayAt(table, "published_on", row);
    if (const auto at = NumberAt(table, "published_at", row))
      post.published_at = static_cast<std::int64_t>(*at);
    post.labels = labeller.LabelsOf({post.platform, post.account, post.id, WordAt(table, "url", row),
                                     post.text, post.format, WordAt(table, "theme", row)});
    places.emplace(static_cast<std::int64_t>(NumberAt(table, "k", row).value_or(-1)), posts.size());
    posts.push_back(std::move(post));
  }
  std::vector<PostRows> rows(posts.size());
  if (HasRows(ready.coverage, "post_snapshot")) {
    BACKCAST_TRY(const Table readings,
                 ask(CountersSql("post_snapshot", "observed_on", "f.engagements", posts_sql, "")));
    TakeCounters(readings, places, &PostRows::readings, rows);
  }
  if (HasRows(ready.coverage, "post_day")) {
    // Differences between readings are not asked for: the readings themselves are.
    BACKCAST_TRY(const Table days,
                 ask(CountersSql("post_day", "date", "null", posts_sql,
                                 " and coalesce(f.derivation, 'native') not in ('delta', 'gap')")));
    TakeCounters(days, places, &PostRows::days, rows);
  }
  std::map<std::int64_t, std::int64_t> loaded;
  for (const LoadRecord& load : ready.loads) {
    if (const auto seconds = SecondsOf(load.loaded_at)) loaded[load.load_id] = *seconds;
  }
  std::set<std::string> told_apart;
  std::map<std::string, Day> last;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (rows[i].Has("organic")) told_apart.insert(posts[i].AccountName());
    for (const auto& [kind, list] : rows[i].days) {
      Day& day = last[posts[i].AccountName()];
      day = std::max(day, list.back().day);
    }
  }
  for (std::size_t i = 0; i < posts.size(); ++i) {
    ReadPost& post = posts[i];
    const PostRows& own = rows[i];
    const auto paid_for = [&](const std::map<std::string, std::vector<Counters>>& kinds) {
      const auto found = kinds.find("paid");
      return found != kinds.end() &&
             std::any_of(found->second.begin(), found->second.end(), [](const Counters& row) {
               return row.seen.value_or(0) > 0 || row.engagement.value_or(0) > 0;
             });
    };
    post.undivided = !own.Has("organic") && (own.Has("total") || own.Has(""));
    post.promoted = paid_for(own.readings) || paid_for(own.days) ||
                    (own.Has("total") && !own.Has("organic") && told_apart.contains(post.AccountName()));
    if (const auto* days = own.Of(own.days)) ReadDays(*days, last[post.AccountName()], post);
    if (post.engagement.empty()) {
      post.kept.clear();
      if (const auto* readings = own.Of(own.readings)) ReadReadings(*readings, loaded, post);
    }
  }
  return posts;
}

}  // namespace backcast
