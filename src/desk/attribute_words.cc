// SPDX-License-Identifier: Apache-2.0
#include "desk/attribute_words.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr auto kMerged = "other (merged)";

}  // namespace

std::string CountInWords(double count) { return FormatNumber(count, "count", false); }
std::string ShareInWords(double share) { return FormatNumber(share, "ratio", true); }
std::string TenthsInWords(double count) { return FormatNumber(std::round(count * 10) / 10, "count", false); }

CreditWords::CreditWords(const AskedJourneys& asked, const Credits& credits)
    : asked_(asked), credits_(credits) {
  headline_ = credits.Find(kHeadlineModel);
  if (headline_ == nullptr || headline_->channels.empty()) {
    for (const ModelCredit& model : credits.models) {
      if (!model.channels.empty() && (headline_ == nullptr || headline_->channels.empty()))
        headline_ = &model;
    }
  }
}

std::string CreditWords::Name(int channel) const {
  return channel == Players::kMerged ? kMerged : asked_.channels[static_cast<std::size_t>(channel)];
}

const ModelCredit* CreditWords::headline() const {
  return headline_ != nullptr && !headline_->channels.empty() ? headline_ : nullptr;
}

std::vector<const ChannelCredit*> CreditWords::Ranked() const {
  std::vector<const ChannelCredit*> ranked;
  for (const ChannelCredit& channel : headline()->channels) ranked.push_back(&channel);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const ChannelCredit* a, const ChannelCredit* b) { return a->credit > b->credit; });
  return ranked;
}

std::vector<std::string> CreditWords::Coverage() const {
  std::vector<std::string> lines;
  const double credited = credits_.totals.conversions;
  lines.push_back(CountInWords(credited) + " of " + CountInWords(asked_.conversions) + " " + asked_.subject +
                  " have a path" +
                  (asked_.conversions > 0 ? " (" + ShareInWords(credited / asked_.conversions) + ")" : "") +
                  "; only these are credited. " + CountInWords(credits_.totals.journeys) + " journeys" +
                  (asked_.from_touches ? " of " + CountInWords(credits_.persons) + " persons."
                                       : "; the file does not say which of them one person made."));
  for (const CoverageCause& cause : asked_.causes) {
    lines.push_back("  " + CountInWords(cause.conversions) + (cause.credited ? " of these: " : " without: ") +
                    cause.says + ". " + cause.fix);
  }
  return lines;
}

std::string CreditWords::Disagreement() const {
  if (credits_.spread.empty() || credits_.models.size() < 2) return "";
  const CreditSpread& widest = credits_.spread.front();
  return "Models disagree by up to " + TenthsInWords(widest.points()) +
         " points: " + Visible(Name(widest.channel)) + " is credited with " + ShareInWords(widest.least) +
         " by " + widest.least_model + " and " + ShareInWords(widest.most) + " by " + widest.most_model +
         ". No model can know which is right.";
}

double CreditWords::CreditedShare(const HoldOut& hold_out) const {
  double share = 0;
  for (const ChannelCredit& one : headline()->channels) {
    if (std::find(hold_out.channels.begin(), hold_out.channels.end(), one.channel) != hold_out.channels.end())
      share += one.share;
  }
  return share;
}

std::vector<std::string> CreditWords::HoldOuts() const {
  std::vector<std::string> lines;
  if (headline() == nullptr) return lines;
  for (const HoldOut& one : asked_.hold_outs) {
    std::string channels;
    for (const int channel : one.channels)
      channels += (channels.empty() ? "" : ", ") + Visible(Name(channel));
    const double credited = CreditedShare(one);
    lines.push_back(
        "Hold-out " + Visible(one.id) + ": " + channels + " caused " + ShareInWords(one.caused) + " (" +
        ShareInWords(one.low) + " to " + ShareInWords(one.high) + ") of all; " + headline()->id +
        " credits " + ShareInWords(credited) +
        (credited > one.high ? ", more than that: take " + ShareInWords(one.high) + " as the most." : "."));
  }
  return lines;
}

std::vector<std::string> CreditWords::Notes() const {
  std::vector<std::string> notes = ToSentences(asked_.rules, asked_.from_touches);
  if (asked_.too_old > 0)
    notes.push_back(CountInWords(asked_.too_old) + " touches were older than the window.");
  if (asked_.shaped.direct_dropped > 0)
    notes.push_back(CountInWords(asked_.shaped.direct_dropped) + " direct visits were left out.");
  if (asked_.shaped.collapsed > 0)
    notes.push_back(CountInWords(asked_.shaped.collapsed) + " repeated touches were left out.");
  if (asked_.shaped.cut > 0) {
    notes.push_back(CountInWords(asked_.shaped.cut) + " journeys were cut (" +
                    ShareInWords(asked_.shaped.cut / std::max(1.0, credits_.totals.journeys)) +
                    "); that moves credit away from the channels in their middle.");
  }
  notes.insert(notes.end(), asked_.notes.begin(), asked_.notes.end());
  for (const ModelCredit& model : credits_.models) {
    if (model.id == "shapley_volume" && model.state == ModelCredit::State::kAnswered)
      notes.emplace_back("shapley_volume is an equal split over the distinct channels of a journey.");
    if (!model.no_interval.empty())
      notes.push_back("No interval of " + model.id + ": " + model.no_interval + ".");
  }
  if (!credits_.players.merged.empty() && credits_.Find("shapley_rate") != nullptr &&
      !credits_.Find("shapley_rate")->channels.empty()) {
    std::string merged;
    for (const ChannelCode channel : credits_.players.merged)
      merged += (merged.empty() ? "" : ", ") + Visible(Name(channel));
    notes.push_back("shapley_rate takes channels of under 30 conversions as one, " + std::string(kMerged) +
                    ": " + Truncate(merged, 120) + ".");
  }
  if (const int best = BestOrder(credits_.orders); best > 0) {
    notes.push_back("Of the Markov orders " + std::to_string(credits_.orders.front().order) + " to " +
                    std::to_string(credits_.orders.back().order) + " the BIC prefers order " +
                    std::to_string(best) + ".");
  }
  return notes;
}

std::string CreditWords::Check() const {
  return "Check: the credits of every model sum to " + CountInWords(credits_.totals.conversions) +
         " conversions and their values to the value, " +
         (credits_.conservation < 1e-9 ? "to a billionth." : "but not to a billionth: this is a bug.");
}

std::string_view StateOf(const ModelCredit& model) {
  switch (model.state) {
    case ModelCredit::State::kAnswered:
      return "value";
    case ModelCredit::State::kTooLittle:
      return "too_little_data";
    case ModelCredit::State::kRefused:
      return "not_offered";
  }
  return "";
}

Answer ShowCredits(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                   const std::string& workspace) {
  Answer answer;
  answer.too_little =
      std::all_of(credits.models.begin(), credits.models.end(),
                  [](const ModelCredit& model) { return model.state == ModelCredit::State::kTooLittle; }) ||
      credits.totals.conversions < kFewestConversions;
  switch (command.card.format) {
    case Format::kJson:
      answer.out = CreditJson(asked, credits, command, workspace);
      break;
    case Format::kCsv:
      answer.out = CreditCsv(asked, credits);
      break;
    case Format::kMarkdown:
      answer.out = CreditPage(asked, credits, true);
      break;
    case Format::kText:
      answer.out = CreditPage(asked, credits, false);
      break;
  }
  return answer;
}

}  // namespace backcast
