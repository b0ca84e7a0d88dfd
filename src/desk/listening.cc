// SPDX-License-Identifier: Apache-2.0
#include "desk/listening.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/number.h"
#include "desk/listen_parts.h"
#include "desk/own_brand.h"

namespace backcast {
namespace {

constexpr std::array<std::string_view, 5> kDimensions = {"brand", "platform", "language", "topic", "issue"};

bool SameName(std::string_view left, std::string_view right) { return LowerAscii(left) == LowerAscii(right); }

Result<Done> CheckDimension(const std::string& by) {
  if (by.empty() || std::find(kDimensions.begin(), kDimensions.end(), by) != kDimensions.end()) return Done{};
  std::vector<std::string> known(kDimensions.begin(), kDimensions.end());
  const std::string hint = DidYouMean(by, known);
  return Error{Code::kUsage, "", "mentions are not listed by '" + by + "'",
               hint.empty() ? "brand, platform, language, topic or issue" : hint};
}

/// Mentions whose talk is looked at.
Result<Done> ChooseScope(const Workspace& workspace, const std::string& brand, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<bool> taken(all.size(), true);
  if (!brand.empty()) {
    std::vector<std::string> known;
    std::uint32_t chosen = kNoName;
    for (std::uint32_t i = 0; i < all.brands.size(); ++i) {
      known.emplace_back(all.brands[i]);
      if (SameName(all.brands[i], brand)) chosen = i;
    }
    if (chosen == kNoName) {
      const std::string hint = DidYouMean(brand, known);
      return Error{Code::kUsage, "", "no mention is of a brand '" + brand + "'",
                   hint.empty() ? "backcast listen lists the brands" : hint};
    }
    listening.scope = all.brands[chosen];
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      taken[i] = all.brand[i] == chosen;
      if (taken[i] && all.own[i] == 1) listening.scope_is_own = true;
    }
  } else if (std::find(all.own.begin(), all.own.end(), 1) != all.own.end()) {
    listening.scope_is_own = true;
    listening.scope = "the own brand";
    for (std::uint32_t i = 0; i < all.size(); ++i) taken[i] = all.own[i] == 1;
  } else {
    listening.scope = "all brands together";
    listening.scope_is_all = true;
    std::string names;
    if (workspace.plan()) {
      for (const std::string& name : OwnBrandNames(*workspace.plan()))
        names += (names.empty() ? "" : ", ") + name;
    }
    if (all.size() == 0) return Done{};
    listening.warnings.push_back(
        "No mention is marked as the own brand's" +
        (names.empty() ? std::string() : ", and none is of a brand called " + names) +
        ". Write listening: {own: [names in the exports]} into the plan, or take --brand NAME.");
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (taken[i]) listening.in_scope.push_back(i);
  }
  return Done{};
}

Result<Done> HearOwnMessages(Workspace& workspace, const Ready& ready, const ListenSettings& settings,
                             int threads, Listening& listening) {
  if (!HasRows(ready.coverage, "message")) return Done{};
  BACKCAST_TRY(listening.messages, HearMessages(workspace, ready, settings, threads));
  if (listening.messages->tones.now.all() + listening.messages->tones.before.all() == 0)
    listening.messages.reset();
  return Done{};
}

}  // namespace

TonePair TonesOf(const Listening& listening, const std::vector<std::uint32_t>& which) {
  const Mentions& all = listening.heard.mentions;
  TonePair pair;
  for (const std::uint32_t i : which) {
    if (listening.period.Contains(all.DayOf(i))) pair.now.Add(all.ToneAt(i));
    if (listening.compare.Contains(all.DayOf(i))) pair.before.Add(all.ToneAt(i));
  }
  return pair;
}

Result<Listening> ReadListening(Workspace& workspace, const Ready& ready, const ListenQuestion& question) {
  BACKCAST_CHECK(CheckDimension(question.by));
  BACKCAST_TRY(const ListenSettings settings, ReadListenSettings(workspace));
  Listening listening;
  listening.workspace = workspace.name();
  listening.by = question.by.empty() ? "brand" : question.by;
  listening.period = ready.request.period;
  listening.compare = ready.request.compare;
  listening.as_of = ready.request.as_of;
  if (HasRows(ready.coverage, "mention")) {
    BACKCAST_TRY(listening.heard, HearMentions(workspace, ready, settings, question.threads));
  }
  listening.sql.push_back(listening.heard.sql);
  BACKCAST_CHECK(HearOwnMessages(workspace, ready, settings, question.threads, listening));
  const Mentions& all = listening.heard.mentions;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    listening.mentions_now += listening.period.Contains(all.DayOf(i)) ? 1 : 0;
    listening.mentions_before += listening.compare.Contains(all.DayOf(i)) ? 1 : 0;
  }
  if (listening.mentions_now == 0 && !listening.messages) {
    return Error{Code::kTooLittle, ToWords(listening.period), "nobody is heard in this period",
                 "mentions are needed: ingest a listening export, or a CSV with the columns of the fact "
                 "mention (mention_id, date, brand, platform, text, ...)"};
  }
  BACKCAST_CHECK(ChooseScope(workspace, question.brand, listening));
  if (const std::int64_t faulty = listening.heard.negative_counts; faulty > 0)
    listening.warnings.push_back("Engagements below zero, " + Counted(faulty, "mention") +
                                 ", are left out: nothing is liked less than never. The mentions count.");
  HearBrands(settings, listening);
  LeaveOut(listening);
  HearReading(settings, listening);
  BACKCAST_CHECK(HearTopics(settings, question, listening));
  if (listening.by != "brand") HearGroups(settings, listening.by, listening);
  HearDrivers(listening.by, listening);
  HearSpeeds(listening);
  HearFixes(settings, question.threads, listening);
  return listening;
}

}  // namespace backcast
