// SPDX-License-Identifier: Apache-2.0
// The paragraph: worded by the verdicts, made of numbers alone, plain enough for who pays.
#include "score/executive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>

#include "base/embedded.h"
#include "base/number.h"
#include "base/yaml.h"
#include "score/verdict.h"

namespace backcast {
namespace {

Day On(std::string_view iso) { return ParseIsoDay(iso).value(); }

const Window kMarch{On("2027-03-01"), On("2027-04-01")};

ScoreLine Line(NodeKind kind, const std::string& id, double value, double target) {
  VerdictInput input;
  input.value = value;
  for (int week = 0; week < 26; ++week) input.weekly.push_back(week % 2 == 0 ? 24 : 26);
  input.weeks_in_period = 31.0 / 7;
  input.baseline = 100;
  input.target = target;
  input.line_from = On("2026-12-31");
  input.by = On("2027-06-30");
  input.on = On("2027-03-31");
  input.unit = "count";
  input.n = 40;
  const Decision decision = Decide(input);
  ScoreLine line;
  line.id = id;
  line.metric = "orders";
  line.title = "Title of " + id;
  line.kind = kind;
  line.owner_role = "Owner of " + id;
  line.value = {.state = State::kValue, .value = value, .n = 40, .unit = "count"};
  line.judged = value;
  line.expected = decision.expected;
  line.target = target;
  line.target_by = input.by;
  line.verdict = decision.verdict;
  line.verdict_because = decision.because;
  line.days_with_data = 28;
  line.open_days = 3;
  return line;
}

Scorecard Card(double outcome, double kpi) {
  Scorecard card;
  card.period = kMarch;
  card.has_plan = true;
  card.lines = {Line(NodeKind::kOutcome, "o_one", outcome, 200), Line(NodeKind::kKpi, "k_one", kpi, 200)};
  card.lines[0].sentence = "Money that came in.";
  card.lines[1].parent = "o_one";
  card.lines[1].evidence = "component";
  card.lines[1].weakest = card.lines[1].verdict == Verdict::kMissed;
  AddClaims(card);
  return card;
}

bool Says(const std::vector<Claim>& claims, const std::string& words) {
  return std::any_of(claims.begin(), claims.end(),
                     [&](const Claim& claim) { return claim.text().find(words) != std::string::npos; });
}

TEST(Headline, IsWordedByTheVerdictAndCarriesTheNumber) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    const ScoreLine line = Line(NodeKind::kOutcome, "o", 90 + static_cast<double>(random() % 1500) / 10, 200);
    const auto claim = HeadlineOf(line, kMarch);
    ASSERT_TRUE(claim);
    const auto says = [&](const char* words) { return claim->text().find(words) != std::string::npos; };
    EXPECT_EQ(says("target of"), line.verdict == Verdict::kMet) << claim->text();
    EXPECT_EQ(says("on course for"), line.verdict == Verdict::kLikely) << claim->text();
    EXPECT_EQ(says("behind the line"), line.verdict == Verdict::kMissed) << claim->text();
    EXPECT_EQ(says("cannot tell"), line.verdict == Verdict::kCannotTell) << claim->text();
    EXPECT_TRUE(
        says((": " + FormatNumber(*line.value.value, "count", !claim->quantities()[0].exact)).c_str()));
    EXPECT_EQ(claim->quantities()[0].n, 40);
  }
}

TEST(Headline, KeepsTheWholeSentenceOfThePlan) {
  ScoreLine line = Line(NodeKind::kOutcome, "o", 170, 200);
  line.sentence = "Money from shop orders that social media brought, after discounts and returns.";
  const auto claim = HeadlineOf(line, kMarch);
  ASSERT_TRUE(claim);
  EXPECT_EQ(
      claim->text(),
      "Money from shop orders that social media brought, after discounts and returns: 170 in March 2027, on "
      "course for 200 by 30 June 2027.");
}

TEST(Headline, ALineWhoseVerdictWasTakenAwayClaimsNoVerdict) {
  ScoreLine line = Line(NodeKind::kOutcome, "o", 170, 200);
  line.verdict = Verdict::kNone;
  EXPECT_EQ(HeadlineOf(line, kMarch)->text(), "Title of o: 170 in March 2027.");
}

TEST(Headline, WithoutANumberItTellsWhatIsThere) {
  ScoreLine line = Line(NodeKind::kOutcome, "o", 170, 200);
  line.value = {.state = State::kNotOffered, .unit = "count"};
  line.days_with_data = 4;
  EXPECT_EQ(HeadlineOf(line, kMarch)->text(),
            "Title of o: no number for March 2027 yet; 4 of its 31 days have data.");
  line.value.state = State::kTooLittleData;
  line.value.n = 9;
  EXPECT_EQ(HeadlineOf(line, kMarch)->text(),
            "Title of o: no number for March 2027 yet; the 9 cases in it are too few.");
  line.value = {.state = State::kNotOffered, .unit = "count"};
  line.days_with_data = std::nullopt;
  EXPECT_FALSE(HeadlineOf(line, kMarch)) << "nothing is known, nothing is said";
}

TEST(Headline, SaysHowTheTargetCounts) {
  ScoreLine line = Line(NodeKind::kOutcome, "o", 170, 200);
  line.value.value = 510;
  const auto claim = HeadlineOf(line, {On("2027-01-01"), On("2027-04-01")});
  ASSERT_TRUE(claim);
  EXPECT_NE(claim->text().find("510 in Q1 2027, counted as the target counts it 170"), std::string::npos)
      << claim->text();
}

TEST(Executive, NamesTheOwnerAndAsksOnlyWhenSomethingIsBehind) {
  const Scorecard behind = Card(120, 110);
  EXPECT_TRUE(Says(behind.executive, "The weakest link is Title of k_one (owner: Owner of k_one)"));
  EXPECT_TRUE(Says(behind.executive, "Please ask Owner of k_one"));
  EXPECT_TRUE(Says(behind.executive, "3 of 31 days may still change"));
  EXPECT_TRUE(Says(behind.executive, "plain arithmetic"));
  const Scorecard fine = Card(190, 190);
  EXPECT_FALSE(fine.weakest);
  EXPECT_FALSE(Says(fine.executive, "Please"));
  Scorecard unowned = Card(120, 110);
  unowned.lines[1].owner_role.clear();
  AddClaims(unowned);
  EXPECT_TRUE(Says(unowned.executive, "no owner named"));
  EXPECT_FALSE(Says(unowned.executive, "Please")) << "nobody's turn, nobody is asked";
}

TEST(Executive, TheReasonTakesThePlaceOfTheWeakestLink) {
  Scorecard card = Card(120, 110);
  card.why.push_back(
      *Claim::Make("why.weakest",
                   {{.name = "part", .value = 12, .unit = "EUR"},
                    {.name = "change", .value = -0.2, .low = -0.3, .high = -0.1, .unit = "relative"}},
                   {{"stage", "Checkout"}, {"owner", "Shop"}}));
  AddClaims(card);
  EXPECT_TRUE(Says(card.executive, "The weakest stage is Checkout"));
  EXPECT_FALSE(Says(card.executive, "The weakest link is"));
  EXPECT_TRUE(card.weakest) << "the field of the card stays";
}

TEST(Executive, EveryGradeOfEvidenceHasItsWords) {
  for (const char* evidence : {"", "component", "correlated", "predictive", "experimental", "none_found",
                               "against_plan", "too_little_data", "broken", "unheard of"}) {
    Scorecard card = Card(120, 110);
    card.lines[1].evidence = evidence;
    AddClaims(card);
    EXPECT_TRUE(Says(card.executive, "How far to believe it")) << evidence;
  }
}

TEST(Executive, IsShortWhateverTheCard) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    Scorecard card = Card(90 + random() % 150, 90 + random() % 150);
    for (std::uint32_t more = random() % 4; more > 0; --more) {
      card.lines.push_back(Line(NodeKind::kOutcome, "o_more", 90 + random() % 150, 200));
      card.why.push_back(*card.headline);
    }
    AddClaims(card);
    EXPECT_LE(card.executive.size(), kExecutiveSentences);
    for (const Claim& claim : card.executive) EXPECT_FALSE(claim.quantities().empty()) << claim.text();
  }
}

/// The doctor's list of words that need teaching (P19).
std::vector<std::string> Jargon() {
  std::vector<std::string> words;
  const auto yaml = ParseYaml(Embedded("plan/rules.yaml").value_or(""), "rules.yaml");
  if (!yaml.ok()) return words;
  const Yaml* rules = yaml.value().Find("rules");
  const Yaml& list = rules != nullptr ? *rules : yaml.value();
  for (const Yaml& rule : list.items) {
    if (rule.Text("id") == "P19") words = rule.Find("with")->Find("jargon")->Texts();
  }
  return words;
}

TEST(Executive, ItsWordingsNeedNoTeaching) {
  const std::vector<std::string> jargon = Jargon();
  ASSERT_GT(jargon.size(), 10U);
  int read = 0;
  for (const auto& [key, text] : Wordings()) {
    if (!key.starts_with("headline.") && !key.starts_with("weakest.") && !key.starts_with("ask.") &&
        !key.starts_with("believe."))
      continue;
    ++read;
    std::string plain;  // lower case, places left out, every other sign a blank
    bool inside = false;
    for (const char c : text) {
      inside = c == '{' || (inside && c != '}');
      const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
      plain += !inside && letter ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : ' ';
    }
    plain = " " + plain + " ";
    for (const std::string& word : jargon) {
      const bool any_ending = word.ends_with('*');
      const std::string sought = " " + (any_ending ? word.substr(0, word.size() - 1) : word + " ");
      EXPECT_EQ(plain.find(sought), std::string::npos) << key << " says " << word;
    }
  }
  EXPECT_GT(read, 20);
}

}  // namespace
}  // namespace backcast
