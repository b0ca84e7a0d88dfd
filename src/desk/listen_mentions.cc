// SPDX-License-Identifier: Apache-2.0
#include "desk/listen_mentions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/ascii.h"
#include "desk/tone_view.h"
#include "listening/phrases.h"
#include "text/read_texts.h"

namespace backcast {
namespace {

constexpr int kPastDays = 65 * 7;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

Day FirstDay(const Ready& ready) {
  Day first = ready.request.period.to - std::chrono::days{kPastDays};
  first = std::min(first, ready.request.period.from);
  if (ready.request.compare.days() > 0) first = std::min(first, ready.request.compare.from);
  return first;
}

/// Behind the last day that matters: what is sudden and what a fix did is asked of all days there are.
Day EndOf(const Ready& ready) {
  return std::max(
      {ready.request.period.to, ready.request.compare.to, ready.request.as_of + std::chrono::days{1}});
}

std::string Between(Day from, Day to) {
  return "date >= date " + QuoteText(ToIso(from)) + " and date < date " + QuoteText(ToIso(to));
}

/// What the file says, where an earlier question had the texts read.
std::string ToldSql(const std::string& column) {
  return "case when starts_with(" + column + "_by, " + QuoteText(kReadByBackcast) + ") then null else " +
         column + " end";
}

/// The plan's name of an issue that an export calls by its id or name.
std::string IssueName(std::string_view told, const std::vector<ListenIssue>& issues) {
  const std::string lower = LowerAscii(told);
  for (const ListenIssue& issue : issues) {
    if (lower == LowerAscii(issue.id) || lower == LowerAscii(issue.name)) return issue.name;
  }
  return std::string(told);
}

struct Cells {
  const RowBatch& batch;
  std::size_t row;

  bool Has(std::size_t column) const { return batch.columns[column].present[row] != 0; }
  std::int64_t Integer(std::size_t column) const { return batch.columns[column].integers[row]; }
  std::string_view Word(std::size_t column) const {
    return Has(column) ? batch.columns[column].words[row] : std::string_view{};
  }
  std::uint32_t Name(std::size_t column, WordTable& names) const {
    return Has(column) ? names.Add(Word(column)) : kNoName;
  }
};

void Take(const Cells& cells, const std::vector<ListenIssue>& issues, HeardMentions& heard) {
  Mentions& all = heard.mentions;
  all.id.emplace_back(cells.Word(0));
  all.day.push_back(static_cast<std::int32_t>(cells.Integer(1)));
  all.at.push_back(cells.Has(2) ? cells.Integer(2) : Mentions::kNoInstant);
  all.brand.push_back(cells.Name(3, all.brands));
  all.own.push_back(cells.Has(4) ? static_cast<std::uint8_t>(cells.Integer(4) != 0) : 2);
  all.platform.push_back(cells.Name(5, all.platforms));
  heard.texts.Add(cells.Word(6));
  all.told.push_back(cells.Has(7) ? cells.batch.columns[7].numbers[cells.row] : kNothing);
  all.issue.push_back(cells.Has(8) ? all.issues.Add(IssueName(cells.Word(8), issues)) : kNoName);
  all.topic.push_back(cells.Name(10, all.topics));
  const bool counted = cells.Has(9) && cells.Integer(9) >= 0;
  heard.negative_counts += cells.Has(9) && !counted ? 1 : 0;
  all.engagements.push_back(counted ? static_cast<double>(cells.Integer(9)) : kNothing);
}

/// Issues by the plan's words, the first issue of the plan that is said, where the export says none.
void FindIssues(const ListenSettings& settings, int threads, HeardMentions& heard) {
  Mentions& all = heard.mentions;
  for (const ListenIssue& issue : settings.issues) {
    if (issue.words.empty()) continue;
    const std::vector<std::uint8_t> said = SaidIn(heard.texts.view(), issue.words, threads);
    const std::uint32_t name = all.issues.Add(issue.name);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (said[i] != 0 && all.issue[i] == kNoName) all.issue[i] = name;
    }
  }
}

TextReader ReaderOf(const ListenSettings& settings) {
  TextReader reader;
  reader.lexicon = &settings.lexicon;
  reader.languages = &settings.languages;
  return reader;
}

}  // namespace

Result<HeardMentions> HearMentions(Workspace& workspace, const Ready& ready, const ListenSettings& settings,
                                   int threads) {
  HeardMentions heard;
  heard.sql = "select mention_id, date, epoch_us(published_at), brand, is_own_brand, platform, text, " +
              ToldSql("sentiment") + ", " + ToldSql("issue") +
              ", engagements, nullif(topic, '') from mention where not coalesce(spam, false) and " +
              Between(FirstDay(ready), EndOf(ready)) + " order by mention_id";
  BACKCAST_CHECK(
      workspace.engine().Stream(Statement{heard.sql, {}}, [&](const RowBatch& batch) -> Result<Done> {
        for (std::size_t row = 0; row < batch.rows; ++row) Take({batch, row}, settings.issues, heard);
        return Done{};
      }));
  Mentions& all = heard.mentions;
  const TextReadings readings = ReadTexts(heard.texts.view(), ReaderOf(settings), threads);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool silent = heard.texts.view()[i].empty();
    const std::string& code = settings.languages.codes()[readings.language[i]];
    all.language.push_back(code == "und" ? kNoName : all.languages.Add(code));
    all.read.push_back(silent ? kNothing : readings.sentiment[i]);
  }
  FindIssues(settings, threads, heard);
  return heard;
}

Result<HeardMessages> HearMessages(Workspace& workspace, const Ready& ready, const ListenSettings& settings,
                                   int threads) {
  HeardMessages heard;
  const Window& period = ready.request.period;
  const Window& compare = ready.request.compare;
  const Day from = compare.days() > 0 ? std::min(period.from, compare.from) : period.from;
  const Day to = compare.days() > 0 ? std::max(period.to, compare.to) : period.to;
  const std::string sql = "select date, text, " + ToldSql("sentiment") +
                          " from message where direction = 'in' and not "
                          "coalesce(spam, false) and not coalesce(is_auto, false) and " +
                          Between(from, to) + " order by message_id";
  std::vector<Day> days;
  std::vector<double> told;
  TextColumn texts;
  BACKCAST_CHECK(workspace.engine().Stream(Statement{sql, {}}, [&](const RowBatch& batch) -> Result<Done> {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const Cells cells{batch, row};
      days.push_back(Day{std::chrono::days{cells.Integer(0)}});
      texts.Add(cells.Word(1));
      told.push_back(cells.Has(2) ? batch.columns[2].numbers[row] : kNothing);
    }
    return Done{};
  }));
  const TextReadings readings = ReadTexts(texts.view(), ReaderOf(settings), threads);
  for (std::size_t i = 0; i < days.size(); ++i) {
    const bool labelled = !std::isnan(told[i]), silent = texts.view()[i].empty();
    const double score = labelled ? told[i] : silent ? kNothing : readings.sentiment[i];
    const auto tone = std::isnan(score) ? std::nullopt : std::optional(ToneOf(score));
    heard.told += labelled ? 1 : 0;
    if (period.Contains(days[i])) heard.tones.now.Add(tone);
    if (compare.Contains(days[i])) heard.tones.before.Add(tone);
  }
  return heard;
}

}  // namespace backcast
