// SPDX-License-Identifier: Apache-2.0
#include "desk/example_posts.h"

#include <algorithm>
#include <map>
#include <optional>

#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr std::size_t kCaption = 120;

/// A metric of posts, and the word under which its number is shown.
struct Measure {
  const char *metric, *shown;
};
constexpr Measure kMeasures[] = {{"link_clicks_lifetime", "link_clicks"},
                                 {"link_clicks", "link_clicks"},
                                 {"engagements_public_lifetime", "engagements_public"},
                                 {"engagements_public", "engagements_public"}};

bool Knows(const std::vector<std::string>& dimensions, const std::string& name) {
  return std::find(dimensions.begin(), dimensions.end(), name) != dimensions.end();
}

/// The scope as posts can be asked for it; nothing when it speaks of something that posts do not know. That
/// visits came through social media is true of every post and asks for nothing.
std::optional<std::vector<Filter>> ForPosts(const std::vector<Filter>& filters,
                                            const std::vector<std::string>& known) {
  std::vector<Filter> kept = {{"author_type", {"own", ""}}};
  for (const Filter& filter : filters) {
    const bool social = filter.dimension == "channel_group" &&
                        std::all_of(filter.values.begin(), filter.values.end(), [](const std::string& value) {
                          return value.find("social") != std::string::npos;
                        });
    if (social) continue;
    if (!Knows(known, filter.dimension)) return std::nullopt;
    kept.push_back(filter);
  }
  return kept;
}

class Examples {
 public:
  Examples(Workspace& workspace, Scorecard& card) : workspace_(workspace), card_(card) {}

  /// The best post within the filters; nothing when no post has a number.
  Result<std::optional<ExamplePost>> Best(const std::vector<Filter>& filters) {
    for (const Measure& measure : kMeasures) {
      const Metric* metric = workspace_.catalogue().Find(measure.metric);
      if (metric == nullptr) continue;
      const std::vector<std::string> known =
          DimensionsOf(workspace_.catalogue(), workspace_.schemas(), *metric);
      const auto asked = ForPosts(filters, known);
      if (!asked || !Knows(known, "post_id") || !Knows(known, "platform")) continue;
      BACKCAST_TRY(std::optional<ExamplePost> best, Ask(measure, *asked));
      if (!best) continue;
      BACKCAST_CHECK(Describe(*best));
      return best;
    }
    return std::optional<ExamplePost>{};
  }

 private:
  Result<Table> Run(const Statement& statement) {
    card_.sql.push_back(statement.text);
    return workspace_.engine().Run(statement);
  }

  Result<std::optional<ExamplePost>> Ask(const Measure& measure, const std::vector<Filter>& filters) {
    const Question question{{measure.metric}, {"platform", "post_id"}, filters, {card_.period}};
    BACKCAST_TRY(const Compiled compiled, Compile(workspace_.catalogue(), workspace_.schemas(), question,
                                                  workspace_.engine().dialect()));
    BACKCAST_TRY(const Table table, Run(compiled.sql));
    const Column *value = table.Find(std::string(measure.metric) + "@0"), *platform = table.Find("platform"),
                 *post = table.Find("post_id"), *total = table.Find("is_total");
    std::optional<ExamplePost> best;
    if (value == nullptr || platform == nullptr || post == nullptr || total == nullptr) return best;
    std::int64_t among = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (total->numbers[row] == 1 || value->present[row] == 0 || post->present[row] == 0) continue;
      ++among;
      if (value->numbers[row] <= (best ? best->number : 0)) continue;
      best = ExamplePost{.node = "",
                         .platform = platform->words[row],
                         .reference = post->words[row],
                         .day = std::nullopt,
                         .text = "",
                         .measure = measure.shown,
                         .number = value->numbers[row]};
    }
    if (best) best->among = among;
    return best;
  }

  /// Caption and day, which are no dimensions.
  Result<Done> Describe(ExamplePost& post) {
    const Statement statement{"select " + QuoteName("text") + ", cast(" + QuoteName("published_on") +
                                  " as varchar) as day from " + QuoteName("post") + " where " +
                                  QuoteName("platform") + " = " + QuoteText(post.platform) + " and " +
                                  QuoteName("post_id") + " = " + QuoteText(post.reference) +
                                  "\norder by 1 nulls last, 2 nulls last\nlimit 1",
                              {}};
    BACKCAST_TRY(const Table table, Run(statement));
    const Column *text = table.Find("text"), *day = table.Find("day");
    if (table.rows == 0 || text == nullptr || day == nullptr) return Done{};
    if (text->present[0] != 0) post.text = ShownCaption(text->words[0]);
    const auto parsed =
        day->present[0] != 0 ? ParseIsoDay(std::string_view(day->words[0]).substr(0, 10)) : ParseIsoDay("");
    if (parsed.ok()) post.day = parsed.value();
    post.platform = Shortened(post.platform);
    post.reference = Shortened(post.reference);
    return Done{};
  }

  Workspace& workspace_;
  Scorecard& card_;
};

const Scope* ScopeOf(const Plan& plan, const ScoreLine& line) {
  for (const Kpi& kpi : plan.kpis) {
    if (kpi.id == line.id) return &kpi.scope;
  }
  return nullptr;
}

bool IsAddress(std::string_view word) {
  return word.find("://") != std::string_view::npos || word.starts_with("www.");
}

}  // namespace

std::string ShownCaption(std::string_view caption) {
  std::string shown;
  for (std::size_t at = 0; at < caption.size();) {
    const std::size_t from = caption.find_first_not_of(" \t\r\n", at);
    if (from == std::string_view::npos) break;
    at = std::min(caption.find_first_of(" \t\r\n", from), caption.size());
    const std::string_view word = caption.substr(from, at - from);
    if (IsAddress(word)) continue;
    const std::size_t name = word.find('@');
    shown += shown.empty() ? "" : " ";
    shown += name == std::string_view::npos ? std::string(word) : std::string(word.substr(0, name)) + "@…";
    if (shown.size() > kCaption) break;
  }
  return Shortened(shown, kCaption);
}

bool WantsExample(const ScoreLine& line) {
  if (line.metric.empty() || !line.group.empty()) return false;
  if (line.metric == "targeted_sessions") return true;
  return line.element == "content" && (line.level == "output" || line.level == "outtake");
}

Result<Done> AddExamplePosts(Workspace& workspace, const std::vector<Filter>& filters, Scorecard& card) {
  if (!workspace.plan() || !card.has_plan) return Done{};
  Examples examples(workspace, card);
  std::map<std::vector<std::pair<std::string, std::vector<std::string>>>, std::optional<ExamplePost>> known;
  for (const ScoreLine& line : card.lines) {
    const Scope* scope = WantsExample(line) ? ScopeOf(*workspace.plan(), line) : nullptr;
    if (scope == nullptr) continue;
    std::vector<Filter> asked = filters;
    std::vector<std::pair<std::string, std::vector<std::string>>> key;
    for (const auto& [dimension, values] : *scope) asked.push_back({dimension, values});
    for (const Filter& filter : asked) key.emplace_back(filter.dimension, filter.values);
    auto found = known.find(key);
    if (found == known.end()) {
      BACKCAST_TRY(std::optional<ExamplePost> best, examples.Best(asked));
      found = known.emplace(std::move(key), std::move(best)).first;
    }
    if (!found->second) continue;
    card.examples.push_back(*found->second);
    card.examples.back().node = line.id;
  }
  return Done{};
}

}  // namespace backcast
