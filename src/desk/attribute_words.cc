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
  for (const HoldOut& one : asked.hold_outs) caps_.push_back({one.id, one.channels, Most(one)});
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

std::string CreditWords::Band() const {
  if (credits_.spread.empty() || !credits_.spread.front().low) return "";
  const bool known = std::any_of(credits_.spread.begin(), credits_.spread.end(),
                                 [](const CreditSpread& one) { return one.known; });
  if (!known)
    return "The band goes over all models that answer and their intervals. How often it holds what a channel "
           "caused is not known without shapley_rate and matched.";
  return "The band goes over all models and their intervals. Where persons meet channels by chance, and "
         "nobody "
         "buys without one, it holds what would be missing without the channel in at least " +
         CountInWords(100 * kBandHolds) +
         " of 100 cases (channels of 30 conversions and more). In real data they do not, no rate is known, "
         "and "
         "only a hold-out tells.";
}

std::string CreditWords::Intervals() const {
  if (credits_.resamples == 0) return "";
  return "Intervals of 95 % from " + CountInWords(credits_.resamples) + " resamples of " +
         CountInWords(credits_.persons) + (asked_.from_touches ? " persons." : " journeys.");
}

double CreditWords::CreditedShare(const HoldOut& hold_out) const {
  double share = 0;
  for (const ChannelCredit& one : headline()->channels) {
    if (std::find(hold_out.channels.begin(), hold_out.channels.end(), one.channel) != hold_out.channels.end())
      share += one.share;
  }
  return share;
}

// The test speaks of all conversions, whether their journey is known or not.
double CreditWords::Most(const HoldOut& hold_out) const {
  return std::max(0.0, hold_out.high) * asked_.conversions;
}

bool CreditWords::CreditedTooMuch(const HoldOut& hold_out) const {
  return CreditedShare(hold_out) * credits_.totals.conversions > Most(hold_out);
}

std::vector<CappedCredit> CreditWords::Capped(const ModelCredit& model) const {
  return caps_.empty() ? std::vector<CappedCredit>() : CapCredit(model, caps_);
}

CappedSum SumOf(const std::vector<CappedCredit>& capped) {
  CappedSum sum;
  for (const CappedCredit& one : capped) {
    sum.credit += one.credit;
    sum.set_aside += one.set_aside;
  }
  return sum;
}

std::vector<std::string> CreditWords::HoldOuts() const {
  std::vector<std::string> lines;
  if (headline() == nullptr) return lines;
  for (const HoldOut& one : asked_.hold_outs) {
    std::string channels;
    for (const int channel : one.channels)
      channels += (channels.empty() ? "" : ", ") + Visible(Name(channel));
    lines.push_back("Hold-out " + Visible(one.id) + ": " + channels + " caused " + ShareInWords(one.caused) +
                    " (" + ShareInWords(one.low) + " to " + ShareInWords(one.high) + "; n " +
                    CountInWords(static_cast<double>(one.n)) + ") of all, at most " +
                    TenthsInWords(Most(one)) + " here; " + headline()->id + " credits " +
                    TenthsInWords(CreditedShare(one) * credits_.totals.conversions) +
                    (CreditedTooMuch(one) ? ": the rest is set aside." : "."));
  }
  if (!lines.empty()) {
    const CappedSum sum = SumOf(Capped(*headline()));
    lines.push_back(TenthsInWords(sum.credit) + " credited within the tests + " +
                    TenthsInWords(sum.set_aside) + " set aside = " +
                    CountInWords(credits_.totals.conversions) + " conversions. Nobody is credited instead.");
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
  if (!asked_.from_touches && credits_.resamples > 0 && credits_.totals.value > 0) {
    notes.emplace_back(
        "The file does not tell the values of one path apart; they are taken as equal, which makes the "
        "intervals of values too narrow.");
  }
  const bool takes_sets =
      std::any_of(credits_.models.begin(), credits_.models.end(), [](const ModelCredit& model) {
        return (model.id == "shapley_rate" || model.id == "matched") && !model.channels.empty();
      });
  if (!credits_.players.merged.empty() && takes_sets) {
    std::string merged;
    for (const ChannelCode channel : credits_.players.merged)
      merged += (merged.empty() ? "" : ", ") + Visible(Name(channel));
    notes.push_back("shapley_rate and matched take channels of under 30 conversions as one, " +
                    std::string(kMerged) + ": " + Truncate(merged, 120) + ".");
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
