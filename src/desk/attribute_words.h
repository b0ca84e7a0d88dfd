// SPDX-License-Identifier: Apache-2.0
// Names, sentences and sums that all formats of the answer of attribute share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attribution/credit_caps.h"
#include "desk/attribute_asked.h"

namespace backcast {

/// How many channels a page for people shows.
inline constexpr std::size_t kMostChannelsShown = 30;

/// The arguments outlive it.
class CreditWords {
 public:
  CreditWords(const AskedJourneys& asked, const Credits& credits);
  /// As most wrote it, unescaped; "other (merged)" for Players::kMerged.
  std::string Name(int channel) const;
  /// The model shown first; null when none answers.
  const ModelCredit* headline() const;
  /// Channels by the headline's credit, greatest first.
  std::vector<const ChannelCredit*> Ranked() const;
  /// Sentences, their parts indented by two blanks.
  std::vector<std::string> Coverage() const;
  std::string Disagreement() const;
  /// What the band over all models is worth; empty when there is none.
  std::string Band() const;
  /// What intervals are of: persons, or journeys where persons are not known.
  std::string Intervals() const;
  /// What the headline credits to its channels together; there is a headline.
  double CreditedShare(const HoldOut& hold_out) const;
  /// The most conversions that a hold-out leaves to its channels, of all of them.
  double Most(const HoldOut& hold_out) const;
  bool CreditedTooMuch(const HoldOut& hold_out) const;
  std::vector<std::string> HoldOuts() const;
  /// By channel of the model; empty without hold-outs.
  std::vector<CappedCredit> Capped(const ModelCredit& model) const;
  std::vector<std::string> Notes() const;
  std::string Check() const;

 private:
  const AskedJourneys& asked_;
  const Credits& credits_;
  const ModelCredit* headline_ = nullptr;
  std::vector<CreditCap> caps_;
};

/// Conversions of a model within the limits of hold-outs, and those set aside.
struct CappedSum {
  double credit = 0, set_aside = 0;
};
CappedSum SumOf(const std::vector<CappedCredit>& capped);

/// "value", "too_little_data" or "not_offered".
std::string_view StateOf(const ModelCredit& model);

/// A count with separators; a share in per cent; a count with one decimal.
std::string CountInWords(double count);
std::string ShareInWords(double share);
std::string TenthsInWords(double count);

/// attribute_page.cc: for people.
std::string CreditPage(const AskedJourneys& asked, const Credits& credits, bool markdown);
/// attribute_json.cc: for programs.
std::string CreditJson(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                       const std::string& workspace);
std::string CreditCsv(const AskedJourneys& asked, const Credits& credits);

}  // namespace backcast
