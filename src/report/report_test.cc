// SPDX-License-Identifier: Apache-2.0
// Pages of the example cards, against files that a person has read. BACKCAST_REWRITE_GOLDEN=1 writes them
// anew; BACKCAST_PREVIEW=folder writes every page of every card there, to be looked at.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/document.h"
#include "report/example_cards_test.h"
#include "report/sentences.h"

namespace backcast {
namespace {

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteAll(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

TEST(Golden, TextPages) {
  const std::filesystem::path folder = std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/report/golden";
  const std::vector<std::tuple<std::string, Scorecard, TextStyle>> pages = {
      {"broken-checkout.txt", BrokenCheckoutCard(), {}},
      {"no-plan-ascii.txt", NoPlanCard(), {.colour = false, .unicode = false, .width = 80}}};
  for (const auto& [name, card, style] : pages) {
    const std::string page = RenderText(card, style);
    if (std::getenv("BACKCAST_REWRITE_GOLDEN") != nullptr) WriteAll(folder / name, page);
    EXPECT_EQ(page, ReadAll(folder / name)) << name;
  }
}

TEST(Sentences, EveryOneThatThePagesSayIsWritten) {
  int said = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/report")) {
    if (entry.path().extension() != ".cc" || entry.path().stem().string().ends_with("_test")) continue;
    const std::string code = ReadAll(entry.path());
    for (const char* family :
         {"\"page.", "\"chain.", "\"column.", "\"detail.", "\"finding.", "\"word.", "\"state.open"}) {
      for (std::size_t at = code.find(family); at != std::string::npos; at = code.find(family, at + 1)) {
        const std::string key = code.substr(at + 1, code.find('"', at + 1) - at - 1);
        if (key.ends_with(".css")) continue;
        EXPECT_NE(Say(key), key) << entry.path().filename();
        ++said;
      }
    }
  }
  EXPECT_GT(said, 60);
  for (const State state : {State::kNotOffered, State::kWithheld, State::kTooLittleData}) {
    const std::string word(ToWord(state));
    EXPECT_NE(Say("state." + word), "state." + word);
    EXPECT_NE(Say("state.why." + word), "state.why." + word);
  }
  EXPECT_EQ(Call("level", "outtake"), "out-take (engagement)");
  EXPECT_EQ(Call("level", "never_heard_of"), "never heard of");
}

TEST(Preview, WritesEveryPageWhereAsked) {
  const char* folder = std::getenv("BACKCAST_PREVIEW");
  if (folder == nullptr) GTEST_SKIP() << "set BACKCAST_PREVIEW to a folder to look at every page";
  for (const auto& [name, card] : AllCards()) {
    const std::filesystem::path base = std::filesystem::path(folder) / name;
    WriteAll(base.string() + ".html", RenderHtml(card));
    WriteAll(base.string() + ".txt", RenderText(card, {}));
    WriteAll(base.string() + ".wide.txt", RenderText(card, {.colour = true, .unicode = true, .width = 130}));
    WriteAll(base.string() + ".md", RenderMarkdown(card));
    WriteAll(base.string() + ".csv", RenderCsv(card));
    WriteAll(base.string() + ".json", RenderJson(card));
  }
}

}  // namespace
}  // namespace backcast
