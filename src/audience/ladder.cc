// SPDX-License-Identifier: Apache-2.0
#include "audience/ladder.h"

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {

std::optional<std::size_t> Ladder::Find(std::string_view id) const {
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    if (rungs[i].id == id) return i;
  }
  return std::nullopt;
}

Result<Ladder> ShippedLadder() {
  constexpr std::string_view kFile = "audience/ladder.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, "", "the ladder is missing from this build", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  Ladder ladder;
  ladder.version = root.Text("version") == "1" ? 1 : 0;
  for (const Yaml& item : root.Items("rungs")) {
    Rung rung{item.Text("id"),   item.Text("title"),    item.Text("does"),
              item.Text("asks"), item.Text("measures"), item.Texts("kinds")};
    if (rung.id.empty() || rung.asks.empty() || rung.measures.empty() || ladder.Find(rung.id))
      return Error{Code::kInternal, At(kFile, item.place), "a rung needs an id of its own, asks and measures",
                   ""};
    ladder.rungs.push_back(std::move(rung));
  }
  return ladder;
}

LadderReading ReadLadder(LadderFrom from, double people, const std::vector<double>& counts,
                         const std::vector<double>& highest, const std::vector<bool>& seen,
                         std::optional<double> followers) {
  LadderReading reading{from, people, {}, seen};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    RungShare rung;
    rung.people = counts[i];
    rung.highest = highest[i];
    if (seen[i]) {
      if (const auto share = WilsonInterval(counts[i], people); share.ok()) rung.share = share.value();
      if (followers && *followers >= counts[i] && *followers > 0) rung.of_known = counts[i] / *followers;
    }
    reading.rungs.push_back(rung);
  }
  return reading;
}

}  // namespace backcast
