// SPDX-License-Identifier: Apache-2.0
#include "care/standard.h"

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {

Result<std::vector<CareStandard>> ShippedStandards() {
  constexpr std::string_view kFile = "care/standards.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, std::string(kFile), "the standards are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  std::vector<CareStandard> standards;
  for (const Yaml& node : root.Items("standards")) {
    standards.push_back({node.Text("id"), node.Text("title"), node.Text("of"), node.Text("per"),
                         node.Text("source"), static_cast<int>(node.Number("version", 1)),
                         node.Number("at_least", 0), static_cast<int>(node.Number("fewest", 0))});
    const CareStandard& read = standards.back();
    if (read.id.empty() || read.at_least <= 0 || read.at_least > 1)
      return Error{Code::kInternal, At(kFile, node.place), "a standard has an id and a share", ""};
  }
  return standards;
}

std::string_view ToWord(StandardVerdict verdict) {
  switch (verdict) {
    case StandardVerdict::kReached:
      return "reached";
    case StandardVerdict::kNotReached:
      return "not_reached";
    case StandardVerdict::kCannotTell:
      return "cannot_tell";
    case StandardVerdict::kTooFew:
      break;
  }
  return "too_few";
}

StandardJudgement JudgeShare(double done, double of, double at_least, int fewest) {
  StandardJudgement judgement{.done = done, .of = of};
  const auto interval = WilsonInterval(done, of);
  if (!interval.ok()) return judgement;
  judgement.interval = interval.value();
  if (of < fewest) return judgement;
  judgement.verdict = judgement.interval.low >= at_least   ? StandardVerdict::kReached
                      : judgement.interval.high < at_least ? StandardVerdict::kNotReached
                                                           : StandardVerdict::kCannotTell;
  return judgement;
}

}  // namespace backcast
