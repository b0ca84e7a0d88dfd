// SPDX-License-Identifier: Apache-2.0
// The page asks nobody for anything, shows hostile text as text, stays small, and opens in a real browser.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "report/document.h"
#include "report/example_cards_test.h"
#include "report/hostile.h"
#include "report/pdf.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

/// Lower-case names of all tags with their attributes' text, quotes respected.
std::vector<std::string> TagsOf(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    std::size_t end = at + 1;
    char quote = 0;
    for (; end < html.size() && (quote != 0 || html[end] != '>'); ++end) {
      if (quote == 0 && (html[end] == '"' || html[end] == '\''))
        quote = html[end];
      else if (html[end] == quote)
        quote = 0;
    }
    tags.push_back(html.substr(at + 1, end - at - 1));
    at = end;
    if (tags.back() == "style") at = html.find("</style", end) + 1;
  }
  return tags;
}

/// Names of a tag's attributes; the text in their quotes left out.
std::vector<std::string> AttributesOf(const std::string& tag) {
  std::string bare;
  bool quoted = false;
  for (const char c : tag) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c != '"') bare += c;
  }
  std::vector<std::string> names;
  std::istringstream words(bare.substr(std::min(bare.find(' '), bare.size())));
  for (std::string word; words >> word;) {
    if (word != "/") names.push_back(word.substr(0, word.find('=')));
  }
  return names;
}

TEST(Html, AsksNobodyForAnything) {
  const std::set<std::string> tags = {
      "!doctype", "html", "head",    "meta",    "title",  "style",      "body",   "main", "header", "footer",
      "section",  "p",    "b",       "i",       "bdi",    "span",       "div",    "h1",   "h2",     "h3",
      "ul",       "ol",   "li",      "table",   "thead",  "tbody",      "tr",     "th",   "td",     "dl",
      "dt",       "dd",   "details", "summary", "figure", "figcaption", "code",   "pre",  "svg",    "g",
      "path",     "rect", "circle",  "text",    "desc",   "defs",       "pattern"};
  const std::set<std::string> attributes = {
      "html",        "lang",       "charset", "http-equiv", "content",  "name",       "class",
      "id",          "dir",        "role",    "scope",      "tabindex", "aria-label", "aria-labelledby",
      "aria-hidden", "data-label", "width",   "height",     "viewBox",  "x",          "y",
      "cx",          "cy",         "r",       "rx",         "d",        "fill",       "patternUnits"};
  for (const auto& [name, card] : AllCards()) {
    for (const std::string& tag : TagsOf(RenderHtml(card))) {
      const std::string element = tag.substr(0, tag.find_first_of(" />", 1)),
                        bare = element[0] == '/' ? element.substr(1) : element;
      EXPECT_EQ(tags.count(bare), 1U) << name << ": <" << tag << ">";
      for (const std::string& attribute : AttributesOf(tag))
        EXPECT_EQ(attributes.count(attribute), 1U) << name << ": " << attribute << " in <" << tag << ">";
      const bool fills = tag.find(" fill=") != std::string::npos;
      EXPECT_TRUE(!fills || tag.find("fill=\"url(#hatch)\"") != std::string::npos) << tag;
    }
  }
}

TEST(Html, HostileTextIsShownAndNeverObeyed) {
  const std::string page = RenderHtml(HostileCard());
  for (const std::string& payload : Payloads()) {
    if (payload.find_first_of("<>\"'\x1b\x80") == std::string::npos &&
        payload.find("\xE2\x80\xAE") == std::string::npos && payload.find('\0') == std::string::npos)
      continue;
    EXPECT_EQ(page.find(payload), std::string::npos) << payload;
    EXPECT_NE(page.find(EscapeHtml(payload)), std::string::npos) << payload;
  }
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("\xE2\x80\xAE"), std::string::npos);
  for (const char c : page) ASSERT_FALSE((c >= 0 && c < 0x20 && c != '\n') || c == 0x7F);
}

TEST(Html, PolicyAllowsTheOneStyleSheetAndNothingElse) {
  const std::string page = RenderHtml(HealthyCard());
  EXPECT_NE(page.find("default-src 'none'; style-src 'sha256-"), std::string::npos);
  EXPECT_EQ(page.find("unsafe-inline"), std::string::npos);
}

TEST(Html, EveryTagIsClosedAndEveryIdIsThereOnce) {
  for (const auto& [name, card] : AllCards()) {
    std::vector<std::string> open;
    std::set<std::string> ids;
    for (const std::string& tag : TagsOf(RenderHtml(card))) {
      const std::string element = tag.substr(0, tag.find(' '));
      if (element == "!doctype" || element == "meta" || element == "style" || tag.back() == '/') continue;
      if (element[0] == '/') {
        ASSERT_FALSE(open.empty()) << name << ": <" << tag << ">";
        ASSERT_EQ(open.back(), element.substr(1)) << name;
        open.pop_back();
      } else {
        open.push_back(element);
      }
      const std::size_t id = tag.find(" id=\"");
      if (id != std::string::npos) {
        EXPECT_TRUE(ids.insert(tag.substr(id + 5, tag.find('"', id + 5) - id - 5)).second)
            << name << ": <" << tag << ">";
      }
    }
    EXPECT_TRUE(open.empty()) << name << ": " << open.back();
  }
}

TEST(Html, StaysSmall) {
  EXPECT_LT(RenderHtml(HealthyCard()).size(), 160U * 1024);
  Scorecard large = NoPlanCard();
  while (large.lines.size() < 250) large.lines.push_back(large.lines[large.lines.size() % 12]);
  EXPECT_LT(RenderHtml(large).size(), 1024U * 1024);
}

TEST(Html, TheWeakestLinkAloneWearsTheStrongColour) {
  const std::string broken = RenderHtml(BrokenCheckoutCard());
  EXPECT_NE(broken.find("class=\"box strong\""), std::string::npos);
  EXPECT_EQ(broken.find("class=\"box strong\""), broken.rfind("class=\"box strong\""));
  EXPECT_EQ(RenderHtml(HealthyCard()).find("class=\"box strong\""), std::string::npos);
}

TEST(Html, EveryStateHasItsWords) {
  EXPECT_NE(RenderHtml(TooLittleCard()).find("too little data"), std::string::npos);
  EXPECT_NE(RenderHtml(TooLittleCard()).find("have 9 events, need about 60"), std::string::npos);
  EXPECT_NE(RenderHtml(ZeroRowsCard()).find("not offered"), std::string::npos);
  EXPECT_NE(RenderHtml(BrokenCheckoutCard()).find("withheld"), std::string::npos);
  EXPECT_NE(RenderHtml(BrokenCheckoutCard()).find("9,120 (open)"), std::string::npos);
  EXPECT_NE(RenderHtml(NoPlanCard()).find("Which outcome is this for?"), std::string::npos);
}

bool HasBrowser() { return std::system("command -v chromium >/dev/null 2>&1") == 0; }

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "backcast-report-test-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

TEST(Browser, OpensEveryPageAndRunsNothing) {
  if (!HasBrowser()) GTEST_SKIP() << "no chromium on PATH; install it to open the pages in a real browser";
  const Folder folder;
  for (const auto& [name, card] :
       {std::pair{"healthy", HealthyCard()}, std::pair{"hostile", HostileCard()}}) {
    const fs::path page = folder.path / (std::string(name) + ".html"), dom = folder.path / "dom.html";
    std::ofstream(page) << RenderHtml(card);
    const std::string command =
        "timeout 60 chromium --headless --no-sandbox --disable-gpu --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync --user-data-dir=" +
        (folder.path / "profile").string() + " --dump-dom file://" + page.string() + " >" + dom.string() +
        " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << name;
    std::ifstream file(dom);
    std::stringstream text;
    text << file.rdbuf();
    for (const char* part : {"id=\"chain\"", "id=\"scorecard\"", "id=\"trends\"", "id=\"balance\"",
                             "id=\"findings\"", "id=\"not-measured\"", "id=\"sources\"", "</footer>"}) {
      EXPECT_NE(text.str().find(part), std::string::npos) << name << ": " << part;
    }
    for (const char* made : {"<script", "<img", "onload=\"", "onmouseover=\"", "<a "})
      EXPECT_EQ(text.str().find(made), std::string::npos) << name << ": " << made;
  }
}

TEST(Pdf, PrintsOrSaysWhatIsMissing) {
  const Folder folder;
  const fs::path page = folder.path / "a page.html", pdf = folder.path / "a report.pdf";
  std::ofstream(page) << RenderHtml(BrokenCheckoutCard());
  const auto printed = PrintPdf(page.string(), pdf.string());
  if (!HasBrowser()) {
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(ToSentence(printed.error()),
              "PDF needs Chromium; install it (Debian: apt install chromium) or send the HTML");
    return;
  }
  ASSERT_TRUE(printed.ok()) << ToSentence(printed.error());
  std::string head(5, ' ');
  std::ifstream(pdf, std::ios::binary).read(head.data(), 5);
  EXPECT_EQ(head, "%PDF-");
  EXPECT_FALSE(fs::exists(pdf.string() + ".part"));
}

TEST(Pdf, WithoutABrowserTheSentenceSaysWhatToDo) {
  const Folder folder;
  const fs::path page = folder.path / "page.html";
  std::ofstream(page) << "<p>";
  const char* const known = std::getenv("PATH");
  const std::string path = known != nullptr ? known : "";
  setenv("PATH", folder.path.c_str(), 1);
  const auto printed = PrintPdf(page.string(), (folder.path / "page.pdf").string());
  setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(printed.ok());
  EXPECT_EQ(printed.error().code, Code::kUnavailable);
  EXPECT_EQ(ToSentence(printed.error()),
            "PDF needs Chromium; install it (Debian: apt install chromium) or send the HTML");
  EXPECT_FALSE(fs::exists(folder.path / "page.pdf"));
}

TEST(Pdf, AMissingPageIsTheCallersMistake) {
  const auto printed = PrintPdf("no-such-page.html", "never.pdf");
  ASSERT_FALSE(printed.ok());
  EXPECT_EQ(printed.error().code, Code::kInput);
}

}  // namespace
}  // namespace backcast
