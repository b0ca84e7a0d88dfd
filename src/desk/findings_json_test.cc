// SPDX-License-Identifier: Apache-2.0
#include "desk/findings_json.h"

#include <gtest/gtest.h>

#include <random>

#include "desk/envelope.h"

namespace backcast {
namespace {

std::string FromATree(const std::string& workspace, const std::vector<Finding>& findings) {
  Json json = Envelope("check", workspace, {{"file", "plan.yaml"}});
  for (const Finding& finding : findings) json["findings"].push_back(ToJson(finding));
  return Dump(json);
}

TEST(FindingsJson, IsByteForByteWhatATreeWouldGive) {
  std::mt19937 random(7);
  const std::vector<std::string> texts = {"",
                                          "plain",
                                          "a \"quote\" and \\",
                                          "line\nbreak\t\x01",
                                          "Größe…",
                                          "\xF0\x9F\x9A\xB2",
                                          "broken \xC3\x28 bytes",
                                          "\x7F</script>"};
  const auto text = [&] { return texts[random() % texts.size()] + texts[random() % texts.size()]; };
  EXPECT_EQ(CheckJson("brand", {}), FromATree("brand", {}));
  for (int round = 0; round < 200; ++round) {
    std::vector<Finding> findings(random() % 4);
    for (Finding& finding : findings) {
      finding = {text(),
                 static_cast<Severity>(random() % 4),
                 text(),
                 {int(random() % 999), int(random() % 99)},
                 text(),
                 text(),
                 text(),
                 text(),
                 random() % 2 == 0 ? "" : text(),
                 {}};
      if (random() % 3 == 0)
        finding.accepted = Acceptance{text(), text(), text(), random() % 2 == 0 ? "" : text()};
    }
    const std::string workspace = text();
    EXPECT_EQ(CheckJson(workspace, findings), FromATree(workspace, findings)) << round;
  }
}

}  // namespace
}  // namespace backcast
