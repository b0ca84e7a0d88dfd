// SPDX-License-Identifier: Apache-2.0
#include "desk/notes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace backcast {
namespace {

namespace fs = std::filesystem;

Day On(std::string_view iso) { return ParseIsoDay(iso).value(); }

TEST(ParseNote, ReadsDayNodeTitleAndText) {
  const auto note = ParseNote("2026-08-17-checkout.md",
                              "node: k_cart\n# Card payment failed\n\nAn update\nof the plugin.\n");
  ASSERT_TRUE(note);
  EXPECT_EQ(note->day, On("2026-08-17"));
  EXPECT_EQ(note->node, "k_cart");
  EXPECT_EQ(note->title, "Card payment failed");
  EXPECT_EQ(note->text, "An update of the plugin.");
}

TEST(ParseNote, FrontMatterSaysTheSame) {
  for (const char* head :
       {"---\nnode: k_cart\nby: merle\n---\n", "---\r\nby: merle\r\nnode: \"k_cart\"\r\n---\r\n",
        "\xEF\xBB\xBF---\nnode: 'k_cart'\n---\n\n", "node:k_cart\n\n"}) {
    const auto note = ParseNote("2026-08-17-x.md", std::string(head) + "# Title\nText.");
    ASSERT_TRUE(note) << head;
    EXPECT_EQ(note->node, "k_cart") << head;
    EXPECT_EQ(note->title, "Title") << head;
    EXPECT_EQ(note->text, "Text.") << head;
  }
}

TEST(ParseNote, WithoutAHeadingTheNameIsTheTitle) {
  EXPECT_EQ(ParseNote("2026-08-17-black-friday.md", "Many orders.")->title, "black friday");
  EXPECT_EQ(ParseNote("2026-08-17-black-friday.md", "Many orders.")->text, "Many orders.");
  EXPECT_EQ(ParseNote("2026-08-17.md", "")->title, "");
}

TEST(ParseNote, ANameWithoutADayIsNoNote) {
  for (const char* name : {"readme.md", "2026-13-01-x.md", "2026-08-17-x.txt", ".md", "", "17-08-2026.md"})
    EXPECT_FALSE(ParseNote(name, "x")) << name;
}

TEST(ParseNote, LongAndHostileTextStaysShortAndInItsLines) {
  std::string text = "# " + std::string(500, 't') + "\n";
  for (int i = 0; i < 50; ++i) text += "\x1b[2J<script> " + std::string(90, 'x') + "\n\n";
  const auto note = ParseNote("2026-08-17-x.md", text);
  ASSERT_TRUE(note);
  EXPECT_LE(note->title.size(), 64U);
  EXPECT_LE(note->text.size(), 420U);
  EXPECT_LE(std::count(note->text.begin(), note->text.end(), '\n'), 2);
  EXPECT_TRUE(note->text.ends_with("…"));
  EXPECT_EQ(note->text.find('\x1b'), std::string::npos);
}

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "backcast-notes-test-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  fs::path path;
};

const Window kAugust{On("2026-08-01"), On("2026-09-01")}, kJuly{On("2026-07-01"), On("2026-08-01")};

TEST(ReadNotes, TakesThePeriodAndTheOneBeforeNewestFirst) {
  const Folder folder;
  for (const char* day : {"2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01", "2026-08-02"})
    folder.Write(std::string(day) + "-x.md", "# On " + std::string(day));
  folder.Write("draft.md", "no day");
  folder.Write("2026-08-03-list.csv", "not a note");
  fs::create_symlink("/etc/hostname", folder.path / "2026-08-04-link.md");
  const auto read = ReadNotes(folder.path.string(), kAugust, kJuly);
  ASSERT_TRUE(read.ok());
  std::vector<std::string> titles;
  for (const Note& note : read.value().notes) titles.push_back(note.title);
  EXPECT_EQ(titles, (std::vector<std::string>{"On 2026-08-31", "On 2026-08-02", "On 2026-07-01"}));
  ASSERT_EQ(read.value().unread.size(), 1U);
  EXPECT_NE(read.value().unread[0].find("draft.md"), std::string::npos);
  const auto until = ReadNotes(folder.path.string(), kAugust, kJuly, On("2026-08-15"));
  ASSERT_TRUE(until.ok());
  EXPECT_EQ(until.value().notes.size(), 2U);
}

TEST(ReadNotes, AFileThatIsTooLargeIsNamedAndLeftOut) {
  const Folder folder;
  folder.Write("2026-08-02-big.md", std::string(70 << 10, 'x'));
  const auto read = ReadNotes(folder.path.string(), kAugust, kJuly);
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read.value().notes.empty());
  ASSERT_EQ(read.value().unread.size(), 1U);
}

TEST(ReadNotes, NoFolderNoNotes) {
  const auto read = ReadNotes("/nowhere/at/all", kAugust, kJuly);
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read.value().notes.empty() && read.value().unread.empty());
}

}  // namespace
}  // namespace backcast
