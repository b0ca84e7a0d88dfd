// SPDX-License-Identifier: Apache-2.0
#include "report/example_cards_test.h"

#include <cmath>
#include <tuple>

#include "score/executive.h"
#include "score/verdict.h"

namespace backcast {
namespace {

using std::chrono::year;

constexpr Day kMarch1{year{2027} / 3 / 1}, kApril1{year{2027} / 4 / 1}, kAsOf{year{2027} / 3 / 28};
constexpr Day kJune30{year{2027} / 6 / 30};

/// Twelve months that end with March 2027; NaN is a month without a value.
std::vector<Point> Months(const std::vector<double>& values) {
  const std::vector<Window> windows =
      LastGrains({kMarch1, kApril1}, Grain::kMonth, static_cast<int>(values.size()));
  std::vector<Point> trend;
  for (std::size_t i = 0; i < values.size(); ++i) {
    trend.push_back({windows[i], std::isnan(values[i]) ? std::nullopt : std::optional<double>(values[i])});
  }
  return trend;
}

Value Measured(double value, std::string unit, std::int64_t n, std::string definition) {
  Value one;
  one.state = value == 0 ? State::kZero : State::kValue;
  one.value = value;
  one.n = n;
  one.unit = std::move(unit);
  one.basis = "period";
  one.coverage = 28.0 / 31.0;
  one.definition = std::move(definition);
  return one;
}

Value Missing(State state, std::string unit, std::string definition, std::string reason) {
  Value one;
  one.state = state;
  one.unit = std::move(unit);
  one.basis = "period";
  one.definition = std::move(definition);
  one.reason = std::move(reason);
  return one;
}

ScoreLine Node(NodeKind kind, std::string id, std::string title, std::string parent, std::string role) {
  ScoreLine line;
  line.kind = kind;
  line.id = std::move(id);
  line.title = std::move(title);
  line.parent = std::move(parent);
  line.owner_role = std::move(role);
  line.owner = line.owner_role.empty() ? "" : line.owner_role.substr(0, 1) + ".owner";
  return line;
}

struct Numbers {
  double value, previous, baseline, target;
  double half_width;  ///< of the interval that the week-to-week spread explains
};

/// Half a year of weeks whose spread explains `half_width` for March.
std::vector<double> WeeksOf(double half_width, bool sums) {
  std::vector<double> weeks;
  for (int week = 0; week < 26; ++week) weeks.push_back(week % 2 == 0 ? 1 : -1);
  const double unit = WeeklySpread(weeks, sums, 31.0 / 7)->half_width;
  for (double& week : weeks) week *= half_width / unit;
  return weeks;
}

/// The line decided as the program decides it: verdict, interval, pace and reason come from one decision.
void Settle(ScoreLine& line, const Numbers& numbers) {
  VerdictInput input;
  input.value = numbers.value;
  input.weeks_in_period = 31.0 / 7;
  input.sums = line.value.unit != "ratio" && line.value.unit != "seconds";
  input.weekly = WeeksOf(numbers.half_width, input.sums);
  input.baseline = numbers.baseline;
  input.target = numbers.target;
  input.line_from = Day{year{2026} / 12 / 31};
  input.by = kJune30;
  input.on = kApril1 - std::chrono::days{1};
  input.lower_is_better = line.direction == "lower";
  input.unit = line.value.unit;
  input.n = line.value.n;
  const Decision decision = Decide(input);
  line.value.value = numbers.value;
  line.value.low = line.judged_low = *decision.low;
  line.value.high = line.judged_high = *decision.high;
  line.judged = numbers.value;
  line.expected = decision.expected;
  line.baseline = numbers.baseline;
  line.target = numbers.target;
  line.target_by = kJune30;
  line.verdict = decision.verdict;
  line.verdict_because = decision.because;
  line.beyond_chance = decision.beyond_chance;
  line.pace = Measured(*decision.pace, "ratio", *line.value.n, "pace@1");
  line.change = std::nullopt;
  if (numbers.previous != 0) line.change = numbers.value / numbers.previous - 1;
  line.days_with_data = 28;
  line.open_days = 3;
}

void Fill(ScoreLine& line, const std::string& metric, const std::string& unit, std::int64_t n,
          const Numbers& numbers, const std::vector<double>& trend, const std::string& direction = "higher") {
  line.metric = metric;
  line.direction = direction;
  line.value = Measured(numbers.value, unit, n, metric + "@1");
  line.previous = Measured(numbers.previous, unit, n, metric + "@1");
  line.trend = Months(trend);
  Settle(line, numbers);
}

/// No number, and so no verdict, no pace, nothing to hold against the target.
void Empty(ScoreLine& line, Value value) {
  line.value = std::move(value);
  line.previous = line.value;
  line.change = std::nullopt;
  line.pace = Value{};
  line.verdict = Verdict::kNone;
  line.verdict_because = std::nullopt;
  line.judged = line.expected = line.judged_low = line.judged_high = std::nullopt;
  line.weakest = false;
}

Scorecard Base(std::string workspace) {
  Scorecard card;
  card.workspace = std::move(workspace);
  card.currency = "EUR";
  card.as_of = kAsOf;
  card.period = {kMarch1, kApril1};
  card.compare = {Day{year{2027} / 2 / 1}, kMarch1};
  card.has_plan = true;
  card.balance.elements = {{"content", 1, 1, 4},    {"commerce", 2, 0, 5},  {"advertising", 1, 1, 3},
                           {"influencer", 0, 0, 0}, {"listening", 0, 0, 1}, {"care", 1, 1, 2}};
  card.balance.levels = {{"activity", 0, 2, 2},
                         {"output", 1, 0, 3},
                         {"outtake", 1, 1, 4},
                         {"outcome", 2, 0, 4},
                         {"impact", 1, 0, 1}};
  card.not_measured = {"Follower growth (it led to nothing that could be sold; looked at again in June)",
                       "Influencers (nine orders for 6,000 EUR in 2025)"};
  card.sources = {"Instagram posts: 412 rows, 2026-01-02 to 2027-03-28",
                  "Shop orders: 18,240 rows, 2026-01-01 to 2027-03-28",
                  "Meta ads, daily: 2,190 rows, 2026-04-01 to 2027-03-27"};
  card.sql = {
      "-- orders and revenue, one scan\nSELECT sum(net) FILTER (WHERE day >= DATE '2027-03-01' AND day < "
      "DATE '2027-04-01') AS revenue\n"
      "FROM shop_order\nWHERE channel_group = 'social'"};
  return card;
}

ScoreLine Revenue() {
  ScoreLine line = Node(NodeKind::kOutcome, "o_sales", "Net revenue from social", "", "Head of marketing");
  Fill(line, "revenue_net", "EUR", 1312, {61412.5, 57910, 45000, 72000, 2450},
       {41200, 43900, 42800, 46100, 50300, 52200, 49800, 55100, 58900, 56300, 57910, 61412.5});
  line.sentence = "Money from shop orders that social media brought, after discounts and returns.";
  line.level = "impact";
  line.element = "commerce";
  line.stage = "do";
  return line;
}

ScoreLine Visits() {
  ScoreLine line = Node(NodeKind::kKpi, "k_visit", "Targeted visits", "o_sales", "Social media manager");
  Fill(line, "targeted_sessions", "count", 47912, {47912, 45100, 42000, 47000, 1300},
       {33100, 34800, 36900, 38000, 39900, 41200, 40100, 43000, 44800, 43900, 45100, 47912});
  line.sentence = "First factor of the tree; two thirds of the needed growth is here.";
  line.evidence = "component";
  line.level = "outcome";
  line.element = "site";
  line.stage = "think";
  line.guard = "bot_session_share";
  return line;
}

ScoreLine Cart(bool broken) {
  ScoreLine line = Node(NodeKind::kKpi, "k_cart", "Add-to-cart on product pages", "o_sales",
                        "Shop owner (site and catalogue)");
  if (broken) {
    Fill(line, "add_to_cart_rate", "ratio", 47912, {0.0513, 0.0561, 0.058, 0.065, 0.004},
         {0.061, 0.06, 0.0585, 0.059, 0.058, 0.0575, 0.056, 0.057, 0.0563, 0.0555, 0.0561, 0.0513});
  } else {
    Fill(line, "add_to_cart_rate", "ratio", 47912, {0.0631, 0.061, 0.058, 0.065, 0.0012},
         {0.055, 0.056, 0.0571, 0.0568, 0.058, 0.0575, 0.059, 0.0602, 0.0605, 0.0598, 0.061, 0.0631});
  }
  line.evidence = "component";
  line.level = "outcome";
  line.element = "commerce";
  line.stage = "do";
  line.weakest = broken;
  line.notes = {"the shop's size table changed on 2027-03-09"};
  return line;
}

std::vector<ScoreLine> Deeper() {
  ScoreLine clicks =
      Node(NodeKind::kKpi, "k_clicks", "Link clicks, hikers", "k_visit", "Social media manager");
  Fill(clicks, "link_clicks", "count", 9120, {9120, 8740, 7900, 9000, 420},
       {6100, 6350, 6900, 7020, 7400, 7900, 7650, 8100, 8500, 8350, 8740, 9120});
  clicks.evidence = "experimental";
  clicks.level = "outtake";
  clicks.element = "content";
  clicks.value.state = State::kNotFinal;
  clicks.value.reason = "days after 2027-03-24 may still be restated by the platform";
  ScoreLine stories =
      Node(NodeKind::kTactic, "t_stories", "Saturday trail stories", "k_clicks", "Social media manager");
  stories.element = "content";
  ScoreLine instagram = Node(NodeKind::kChannel, "c_ig", "instagram lindenhof.outdoor", "t_stories", "");
  ScoreLine videos = Node(NodeKind::kTactic, "t_repair", "Repair videos", "k_visit", "Paid social agency");
  videos.element = "advertising";
  videos.evidence = "none_found";
  ScoreLine tiktok = Node(NodeKind::kChannel, "c_tt", "tiktok lindenhof", "t_repair", "");
  return {clicks, stories, instagram, videos, tiktok};
}

ScoreLine OptIns() {
  ScoreLine line =
      Node(NodeKind::kOutcome, "o_optin", "People who let us write to them", "", "Head of marketing");
  Fill(line, "opt_ins", "count", 512, {512, 488, 410, 600, 41},
       {390, 402, 398, NAN, NAN, 431, 447, 460, 455, 470, 488, 512});
  line.level = "outcome";
  line.element = "audience";
  return line;
}

ScoreLine Answers() {
  ScoreLine line =
      Node(NodeKind::kKpi, "k_answer", "Questions answered within 2 hours", "o_optin", "Service lead");
  Fill(line, "first_response_seconds", "seconds", 840, {7500, 8100, 9000, 7200, 400},
       {9400, 9100, 9300, 9000, 8800, 8900, 8500, 8700, 8300, 8200, 8100, 7500}, "lower");
  line.evidence = "correlated";
  line.level = "outtake";
  line.element = "care";
  return line;
}

}  // namespace

Scorecard HealthyCard() {
  Scorecard card = Base("Lindenhof Outdoor");
  card.lines = {Revenue(), Visits()};
  for (ScoreLine& line : Deeper()) card.lines.push_back(std::move(line));
  card.lines.push_back(Cart(false));
  card.lines.push_back(OptIns());
  card.lines.push_back(Answers());
  card.findings = {{"P18", "advice", "plan.yaml", "the tactic 'Repair videos' has no review date",
                    "A tactic nobody reviews is never stopped.", "add review: 2027-06-01", "", 88, 5,
                    "t_repair"}};
  card.notes = {
      {Day{year{2027} / 3 / 9}, "k_cart", "New size table", "The shop put one table up instead of two."},
      {Day{year{2027} / 2 / 20}, "", "Trade fair in Essen",
       "Two of us were away for a week.\nNo posts on Friday."}};
  card.examples = {{"k_clicks", "instagram", "18012345678", Day{year{2027} / 3 / 13},
                    "Saturday on the ridge: the map is behind the link", "link_clicks", 1204, 34}};
  AddClaims(card);
  return card;
}

Scorecard BrokenCheckoutCard() {
  Scorecard card = HealthyCard();
  ScoreLine& revenue = card.lines[0];
  Settle(revenue, {51980, 57910, 45000, 72000, 2450});
  revenue.trend.back().value = 51980;
  for (ScoreLine& line : card.lines) {
    if (line.id == "k_cart") line = Cart(true);
  }
  ScoreLine instagram = card.lines[1], tiktok = card.lines[1];
  instagram.group = {{"platform", "instagram"}};
  instagram.value = Measured(36100, "count", 36100, "targeted_sessions@1");
  tiktok.group = {{"platform", "tiktok"}};
  tiktok.value = Missing(State::kWithheld, "EUR and USD", "targeted_sessions@1",
                         "the rows are in EUR and USD, and currencies are never added");
  for (ScoreLine* line : {&instagram, &tiktok}) {
    line->target = line->baseline = line->change = std::nullopt;
    line->pace = Value{};
    line->verdict = Verdict::kNone;
    line->verdict_because = std::nullopt;
    line->judged = line->expected = line->judged_low = line->judged_high = std::nullopt;
    line->trend.clear();
  }
  card.lines.insert(card.lines.begin() + 2, {instagram, tiktok});
  card.findings.push_back({"D04", "error", "exports/orders-march.csv",
                           "orders without a channel rose from 4 % to 31 % on 2027-03-09",
                           "A broken tag looks like a broken shop.",
                           "look at the checkout's consent banner first", "", 0, 0, "k_cart"});
  AddClaims(card);
  return card;
}

Scorecard TooLittleCard() {
  Scorecard card = HealthyCard();
  card.workspace = "Neue Werkstatt";
  for (ScoreLine& line : card.lines) {
    if (line.metric.empty()) continue;
    Empty(line, Missing(State::kTooLittleData, line.value.unit, line.value.definition,
                        "have 9 events, need about 60: roughly ten more weeks at this rate"));
    line.value.n = line.previous.n = 9;
    line.pace = Missing(State::kTooLittleData, "ratio", "pace@1", "no value");
    line.trend = Months({NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 3, 9});
  }
  card.findings.clear();
  card.examples.clear();
  AddClaims(card);
  return card;
}

Scorecard NoPlanCard() {
  Scorecard card = Base("exports-only");
  card.has_plan = false;
  card.question = "Which outcome is this for?";
  card.not_measured.clear();
  const std::vector<std::tuple<std::string, std::string, std::string, std::string, double>> lines = {
      {"revenue_net", "Net revenue", "commerce", "impact", 61412.5},
      {"orders", "Orders", "commerce", "outcome", 1312},
      {"sessions", "Sessions", "site", "outcome", 61003},
      {"link_clicks", "Link clicks", "content", "outtake", 9120},
      {"engagements", "Engagements", "content", "outtake", 25510},
      {"save_rate", "Saves per reach", "content", "outtake", 0.0123},
      {"comments", "Comments", "community", "outtake", 812},
      {"views", "Views", "content", "output", 1240331},
      {"reach", "Reach", "content", "output", 402110},
      {"posts", "Posts published", "content", "activity", 34},
      {"ad_spend", "Media spend", "advertising", "input", 12850},
      {"ad_clicks", "Ad clicks", "advertising", "outtake", 0}};
  double step = 1;
  for (const auto& [id, title, element, level, value] : lines) {
    ScoreLine line;
    line.id = line.metric = id;
    line.title = title;
    line.element = element;
    line.level = level;
    const std::string unit = id == "revenue_net" || id == "ad_spend" ? "EUR"
                             : id == "save_rate"                     ? "ratio"
                                                                     : "count";
    line.value = Measured(value, unit, 400, id + "@1");
    line.previous = Measured(value * 0.93, unit, 380, id + "@1");
    if (value != 0) line.change = 1 / 0.93 - 1;
    std::vector<double> trend;
    for (int i = 0; i < 12; ++i) trend.push_back(value * (0.7 + 0.025 * i + 0.04 * std::sin(step * i)));
    line.trend = Months(trend);
    step += 0.37;
    card.lines.push_back(line);
  }
  ScoreLine missing;
  missing.id = missing.metric = "profile_visits";
  missing.title = "Profile visits";
  missing.element = "content";
  missing.level = "outtake";
  missing.value = Missing(State::kNotOffered, "count", "profile_visits@1",
                          "no export fills account_day.profile_visits yet");
  card.lines.push_back(missing);
  return card;
}

Scorecard LongNamesCard() {
  Scorecard card = HealthyCard();
  card.workspace =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & Söhne, "
      "Zweigniederlassung Oberursel";
  for (ScoreLine& line : card.lines) {
    line.title +=
        " of every customer who came back after the spring campaign of the regional stores in Austria and "
        "Switzerland";
    if (!line.owner_role.empty())
      line.owner_role = "Deputy head of regional brand partnerships and co-operative advertising";
  }
  card.lines[2].title =
      "Pneumonoultramicroscopicsilicovolcanoconiosis_campaign_2027_de_at_ch_prospecting_lookalike_v12_final_"
      "FINAL";
  card.findings[0].message = "the tactic '" + card.lines[2].title +
                             "' has no review date, and neither has any tactic that it was copied from";
  for (Note& note : card.notes) {
    for (int i = 0; i < 4; ++i) note.text += " And so it went on from one store of the region to the next.";
  }
  AddClaims(card);
  return card;
}

Scorecard RightToLeftCard() {
  Scorecard card = HealthyCard();
  card.workspace = "בית הקפה של תמר";
  card.lines[0].sentence = "הכנסות מהזמנות שהגיעו מהרשתות החברתיות";
  const std::vector<std::string> titles = {"הכנסה נטו מרשתות חברתיות",
                                           "ביקורים ממוקדים",
                                           "לחיצות על קישורים",
                                           "סיפורי שבת",
                                           "instagram قهوة تمر",
                                           "فيديوهات الإصلاح",
                                           "tiktok",
                                           "הוספה לסל",
                                           "انضمام إلى القائمة البريدية",
                                           "זמן מענה 2 שעות"};
  for (std::size_t i = 0; i < card.lines.size(); ++i) {
    card.lines[i].title = titles[i % titles.size()];
    if (!card.lines[i].owner_role.empty()) card.lines[i].owner_role = "מנהלת החנות";
  }
  card.notes[0].title = "טבלת מידות חדשה";
  card.notes[0].text = "החלפנו את הטבלה.";
  AddClaims(card);
  return card;
}

Scorecard ZeroRowsCard() {
  Scorecard card = HealthyCard();
  card.workspace = "Fresh start";
  card.as_of = Day{};
  for (ScoreLine& line : card.lines) {
    if (!line.metric.empty())
      Empty(line,
            Missing(State::kNotOffered, line.value.unit, line.value.definition, "no export fills this yet"));
    line.days_with_data = 0;
    line.trend.clear();
    line.notes.clear();
  }
  card.examples.clear();
  card.findings.clear();
  card.sources.clear();
  card.sql.clear();
  for (Balance::Share& share : card.balance.elements) share.metrics_with_data = 0;
  for (Balance::Share& share : card.balance.levels) share.metrics_with_data = 0;
  AddClaims(card);
  return card;
}

std::vector<std::string> Payloads() {
  return {"<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "</title><svg onload=alert(1)>",
          "' onmouseover='alert(1)",
          "[click](javascript:alert(1))",
          "\x1b[2J\x1b]0;owned\x07",
          "\u202Etxt.exe",
          "=cmd|'/C calc'!A0",
          "https://evil.example/x",
          "</style><style>*{display:none}",
          "]]><!--",
          "\xC3\x28 broken utf-8 \x80",
          "a|b`c*d_e",
          std::string("nul\0byte", 8)};
}

Scorecard HostileCard() {
  Scorecard card = BrokenCheckoutCard();
  const std::vector<std::string> payloads = Payloads();
  std::size_t at = 0;
  const auto next = [&] { return payloads[at++ % payloads.size()]; };
  for (std::string* text : {&card.workspace, &card.currency, &card.locale, &card.question}) *text = next();
  for (ScoreLine& line : card.lines) {
    for (std::string* text :
         {&line.title, &line.sentence, &line.level, &line.stage, &line.element, &line.owner, &line.owner_role,
          &line.direction, &line.no_verdict, &line.guard, &line.evidence, &line.value.reason,
          &line.value.definition, &line.value.basis}) {
      *text = next();
    }
    if (!line.metric.empty()) line.metric = next();
    line.value.unit = line.metric.empty() ? "" : next();
    line.verdict_because = Claim::Make("verdict.met", {{.name = "value", .value = 2, .unit = next()},
                                                       {.name = "target", .value = 1, .unit = next()}});
    line.notes = {next(), next()};
    card.notes.push_back({kMarch1, line.id, next(), next()});
    card.examples.push_back({line.id, next(), next(), kMarch1, next(), next(), 7, 9});
    for (auto& [dimension, value] : line.group) {
      dimension = next();
      value = next();
    }
  }
  for (const std::string& payload : payloads) {
    card.findings.push_back({payload, payload, payload, payload, payload, payload, payload, 3, 4, payload,
                             AcceptedNote{payload, payload, payload, payload}});
    card.decisions.push_back({payload, payload, payload, payload, payload});
    card.balance.elements.push_back({payload, 1, 1, 1});
    card.balance.levels.push_back({payload, 1, 1, 1});
    card.not_measured.push_back(payload);
    card.notes.push_back({kMarch1, "", payload, payload + "\n" + payload});
    card.sources.push_back(payload);
    card.sql.push_back("SELECT 1 -- " + payload + "\nFROM x");
  }
  AddClaims(card);
  return card;
}

std::vector<std::pair<std::string, Scorecard>> AllCards() {
  return {{"healthy", HealthyCard()},      {"broken-checkout", BrokenCheckoutCard()},
          {"too-little", TooLittleCard()}, {"no-plan", NoPlanCard()},
          {"long-names", LongNamesCard()}, {"right-to-left", RightToLeftCard()},
          {"zero-rows", ZeroRowsCard()},   {"hostile", HostileCard()}};
}

}  // namespace backcast
