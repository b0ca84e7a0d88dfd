// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/exhibit_parts.h"
#include "desk/journey_words.h"
#include "facts/channel_groups.h"

namespace backcast {
namespace {

/// Channels that a page shows, and stages beside each other.
constexpr std::size_t kMostChannels = 10, kMostStages = 5;

ExhibitCell RateCell(const std::optional<StepRate>& rate, const StepCounts& counts) {
  return NumberCell(rate ? std::optional(rate->rate) : std::nullopt, "ratio",
                    "nobody stood at the stage before", rate ? rate->interval : std::nullopt, counts.from);
}

Exhibit StagesOf(const JourneyAnswer& answer) {
  const bool compared = answer.compare.days() > 0;
  Exhibit exhibit = NewExhibit("journey", "backcast journey", {"stage", "count", "of", "rate"});
  if (compared) {
    for (const char* column : {"before", "rate_before", "change"}) exhibit.columns.push_back({column, ""});
  }
  for (std::size_t i = 0; i < answer.volumes.stages.size(); ++i) {
    const CountedStage& stage = answer.volumes.stages[i];
    const auto step = std::find_if(answer.steps.steps.begin(), answer.steps.steps.end(),
                                   [&](const JourneyStep& one) { return one.whole && one.to == i; });
    const bool is_step = step != answer.steps.steps.end();
    std::vector<ExhibitCell> row = {WordsCell(stage.stage.title),
                                    NumberCell(stage.total.now, "count", "not reported", {}, stage.total.now),
                                    WordsCell(is_step ? answer.volumes.stages[step->from].stage.title : ""),
                                    is_step ? RateCell(step->now, step->counts.now) : WordsCell("")};
    if (compared) {
      row.push_back(NumberCell(stage.total.before, "count", "not reported", {}, stage.total.before));
      row.push_back(is_step ? RateCell(step->before, step->counts.before) : WordsCell(""));
      row.push_back(WordsCell(is_step ? VerdictText(step->change) : ""));
    }
    exhibit.rows.push_back(std::move(row));
  }
  exhibit.claims = JourneyClaims(answer);
  for (std::string note : {FillingUp(answer), NoWeakStep(answer)}) {
    if (!note.empty()) exhibit.notes.push_back(std::move(note));
  }
  return exhibit;
}

/// Stages whose rows say a channel, and the step that the last of them ends.
Exhibit ChannelsOf(const JourneyAnswer& answer) {
  Exhibit exhibit;
  exhibit.id = "journey_channels";
  exhibit.command = "backcast journey --by channel_group";
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < answer.volumes.stages.size(); ++i) {
    if (answer.volumes.stages[i].has_dimension) shown.push_back(i);
  }
  if (shown.size() < 2) return exhibit;
  const std::size_t last = shown.back();
  if (shown.size() > kMostStages) {
    shown.resize(kMostStages - 1);
    shown.push_back(last);
  }
  exhibit.columns.push_back({"channel", ""});
  for (const std::size_t stage : shown)
    exhibit.columns.push_back(
        {answer.volumes.stages[stage].stage.id, answer.volumes.stages[stage].stage.title});
  const auto whole = std::find_if(answer.steps.steps.begin(), answer.steps.steps.end(),
                                  [&](const JourneyStep& one) { return one.whole && one.to == last; });
  const bool has_step = whole != answer.steps.steps.end();
  if (has_step) {
    exhibit.columns.push_back({"rate", answer.volumes.stages[last].stage.title + " / " +
                                           answer.volumes.stages[whole->from].stage.title});
  }
  std::vector<std::pair<double, std::string>> channels;
  for (const auto& [channel, numbers] : answer.volumes.stages[shown[0]].groups)
    channels.emplace_back(-numbers.now.value_or(0), channel);
  std::sort(channels.begin(), channels.end());
  for (std::size_t i = 0; i < channels.size() && i < kMostChannels; ++i) {
    const std::string& channel = channels[i].second;
    std::vector<ExhibitCell> row = {WordsCell(ChannelTitle(channel))};
    for (const std::size_t stage : shown) {
      const auto found = answer.volumes.stages[stage].groups.find(channel);
      const std::optional<double> count =
          found == answer.volumes.stages[stage].groups.end() ? std::nullopt : found->second.now;
      row.push_back(NumberCell(count, "count", "not reported", {}, count));
    }
    if (has_step) {
      const auto step = std::find_if(
          answer.steps.steps.begin(), answer.steps.steps.end(),
          [&](const JourneyStep& one) { return !one.whole && one.to == last && one.group == channel; });
      row.push_back(step == answer.steps.steps.end() ? WordsCell("") : RateCell(step->now, step->counts.now));
    }
    exhibit.rows.push_back(std::move(row));
  }
  if (channels.size() > kMostChannels)
    exhibit.notes.push_back(Counted(static_cast<std::int64_t>(channels.size() - kMostChannels), "channel") +
                            " with fewer visits are left out here.");
  return exhibit;
}

}  // namespace

Result<Exhibits> JourneyExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Result<JourneyAnswer> read = ReadJourney(workspace, ready, "channel_group", ready.request.filters);
  // Where no fact of the journey says a channel, the whole of it can still be told.
  if (!read.ok() && read.error().code == Code::kUsage)
    read = ReadJourney(workspace, ready, "", ready.request.filters);
  BACKCAST_TRY(const JourneyAnswer answer, std::move(read));
  Exhibits exhibits;
  if (answer.volumes.stages.size() < 2) return exhibits;
  exhibits.exhibits.push_back(StagesOf(answer));
  if (Exhibit channels = ChannelsOf(answer); !channels.rows.empty())
    exhibits.exhibits.push_back(std::move(channels));
  exhibits.sql = answer.volumes.sql;
  return exhibits;
}

}  // namespace backcast
