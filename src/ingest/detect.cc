// SPDX-License-Identifier: Apache-2.0
#include "ingest/detect.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/binding.h"

namespace backcast {
namespace {

constexpr double kNotThisPlatform = 0.3;

struct Candidate {
  const Mapping* mapping = nullptr;
  Binding binding;
  double confidence = 0;
  bool fits = false;
};

/// Required columns carry most; a layout of two common words ("Date,Views") needs its file name or title to
/// be sure.
double Confidence(const Mapping& mapping, const Binding& binding) {
  const double needed = static_cast<double>(mapping.required.size());
  const double there = needed - static_cast<double>(binding.missing.size());
  if (!binding.missing.empty()) return needed == 0 ? 0 : 0.5 * there / needed;
  const double share =
      binding.named == 0 ? 0 : static_cast<double>(binding.read) / static_cast<double>(binding.named);
  const double explained = std::max(share, std::min(1.0, static_cast<double>(binding.read) / 8.0));
  const bool by_hand =
      mapping.trust < 1 && binding.read == binding.named;  // every header is a column of the fact
  const double base = mapping.required.size() <= 2 && !by_hand ? 0.35 : 0.6;
  const double evidence = (binding.by_name || binding.by_preamble || binding.telling) ? 0.2 : 0;
  return mapping.trust * std::min(1.0, base + 0.3 * explained + evidence + (binding.read >= 6 ? 0.1 : 0));
}

std::vector<std::string> FactsOf(const Mapping& mapping) {
  std::vector<std::string> facts = {mapping.main_fact};
  for (const Fill& fill : mapping.fills) {
    if (std::find(facts.begin(), facts.end(), fill.fact) == facts.end()) facts.push_back(fill.fact);
  }
  return facts;
}

void Explain(const Candidate& best, Detection& detection) {
  const Binding& binding = best.binding;
  detection.reasons.push_back(
      fmt::format("the header has all columns that \"{}\" needs", best.mapping->title));
  detection.reasons.push_back(fmt::format("{} of {} columns are known", binding.read, binding.named));
  if (binding.by_name) detection.reasons.push_back("the file's name is one of this layout");
  if (binding.by_preamble) detection.reasons.push_back("the title lines are those of this layout");
}

bool IsWholeByHand(const Candidate& candidate) {
  return candidate.fits && candidate.mapping->trust < 1 && candidate.binding.read == candidate.binding.named;
}

/// A file whose every column is one of a fact was written by hand for it: a layout that would leave columns
/// unread, and that neither the file's name nor a title line speaks for, steps back.
void PreferWhole(std::vector<Candidate>& candidates) {
  if (std::none_of(candidates.begin(), candidates.end(), IsWholeByHand)) return;
  for (Candidate& candidate : candidates) {
    const Binding& binding = candidate.binding;
    if (binding.read == binding.named || binding.by_name || binding.by_preamble) continue;
    candidate.confidence = std::min(candidate.confidence, kEnoughConfidence);
  }
}

}  // namespace

Detection DetectSource(const Head& head, std::string_view path, const Sources& sources) {
  std::vector<Candidate> candidates;
  for (const Mapping& mapping : sources.all()) {
    Candidate candidate{&mapping, Bind(mapping, head, path), 0, false};
    candidate.confidence = Confidence(mapping, candidate.binding);
    if (candidate.binding.foreign) candidate.confidence = std::min(candidate.confidence, kNotThisPlatform);
    candidate.fits = candidate.binding.missing.empty() && candidate.confidence >= kEnoughConfidence;
    if (candidate.binding.read > 0) candidates.push_back(std::move(candidate));
  }
  PreferWhole(candidates);
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    if (a.fits != b.fits) return a.fits;
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    return a.binding.read > b.binding.read;
  });
  Detection detection;
  std::size_t next = 0;
  if (!candidates.empty()) {
    const Candidate& best = candidates.front();
    detection.confidence = best.confidence;
    const bool tied = candidates.size() > 1 && candidates[1].fits &&
                      best.confidence - candidates[1].confidence < 0.02 &&
                      best.binding.read == candidates[1].binding.read;
    if (tied)
      detection.reasons.push_back(
          fmt::format("{} and {} fit equally well", best.mapping->id, candidates[1].mapping->id));
    if (best.fits && !tied) {
      detection.source = best.mapping->id;
      detection.facts = FactsOf(*best.mapping);
      Explain(best, detection);
      next = 1;
    }
  }
  for (; next < candidates.size() && detection.alternatives.size() < 5; ++next) {
    detection.alternatives.push_back(
        {candidates[next].mapping->id, candidates[next].confidence, candidates[next].binding.missing});
  }
  return detection;
}

Error UnknownLayout(const Detection& detection, const Head& head, std::string_view path) {
  std::string seen;
  for (std::size_t i = 0; i < head.header.size() && i < 6; ++i) seen += (i == 0 ? "" : ", ") + head.header[i];
  if (head.header.size() > 6) seen += ", ...";
  std::string hint = "name the layout with --source; see 'sources list'";
  for (std::size_t i = 0; i < detection.alternatives.size() && i < 3; ++i) {
    const Alternative& near = detection.alternatives[i];
    std::string missing;
    for (const std::string& name : near.missing) missing += (missing.empty() ? "" : ", ") + name;
    hint += (i == 0 ? "; nearest: " : ", ") + near.source +
            (missing.empty() ? " (weak evidence)" : " (without " + missing + ")");
  }
  std::string what = "no known layout fits these columns: " + seen;
  if (detection.source.empty() && !detection.reasons.empty()) what = detection.reasons.front();
  return Error{Code::kInput, fmt::format("{}:{}", path, head.header_line), what, hint};
}

}  // namespace backcast
