// SPDX-License-Identifier: Apache-2.0
#include "catalog/formula.h"

#include <algorithm>
#include <array>

#include "base/nearest.h"
#include "catalog/formula_lexer.h"

namespace backcast {
namespace {

using Row = RowExpression;

constexpr std::size_t kMaxCharacters = 4000;
constexpr int kMaxDepth = 80;  // a bracket costs two
constexpr std::array<std::string_view, 11> kAggregates = {
    "sum", "count", "count_distinct", "quantile", "median", "last", "first", "avg", "min", "max", "exact"};
constexpr std::array<std::string_view, 10> kReserved = {"where", "on", "and",     "or",   "not",
                                                        "in",    "is", "missing", "true", "false"};

template <class List>
bool Contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Recursive descent with bounded depth; one method per line of the grammar in docs/metrics-language.md.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<Expression> Formula() {
    BACKCAST_TRY(Expression expression, Sum());
    if (Now().kind != Token::Kind::kEnd) return Unexpected("the end of the formula, or one of + - * /");
    return expression;
  }

 private:
  const Token& Now() const { return tokens_[next_]; }
  bool Is(std::string_view symbol) const {
    return Now().kind == Token::Kind::kSymbol && Now().text == symbol;
  }
  bool IsWord(std::string_view word) const { return Now().kind == Token::Kind::kWord && Now().text == word; }
  bool Take(std::string_view symbol) { return Is(symbol) && (++next_, true); }
  bool TakeWord(std::string_view word) { return IsWord(word) && (++next_, true); }

  Error Fault(std::string what, std::string hint = "") const {
    return FaultAt(Now().at, std::move(what), std::move(hint));
  }
  static Error FaultAt(std::size_t at, std::string what, std::string hint = "") {
    return Error{Code::kInput, "character " + std::to_string(at), std::move(what), std::move(hint)};
  }
  Error Unexpected(std::string_view expected) const {
    const std::string found =
        Now().kind == Token::Kind::kEnd ? "the formula ends" : "'" + Now().text.substr(0, 40) + "' stands";
    return Fault(found + " where " + std::string(expected) + " was expected");
  }

  /// Counts one level; every recursive method holds one.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    bool TooMuch() const { return parser_.depth_ > kMaxDepth; }

   private:
    Parser& parser_;
  };
  Error TooMuch() const {
    return Fault("the formula has too many brackets inside each other", "split it into several metrics");
  }

  Result<Done> Expect(std::string_view symbol) {
    if (Take(symbol)) return Done{};
    return Unexpected("'" + std::string(symbol) + "'");
  }

  // ---------------------------------------------------------------- arithmetic over metrics
  Result<Expression> Sum() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    BACKCAST_TRY(Expression left, Product());
    while (Is("+") || Is("-")) {
      const auto kind = Is("+") ? Expression::Kind::kAdd : Expression::Kind::kSubtract;
      ++next_;
      BACKCAST_TRY(Expression right, Product());
      left = Join(kind, std::move(left), std::move(right));
    }
    return left;
  }

  Result<Expression> Product() {
    BACKCAST_TRY(Expression left, Factor());
    while (Is("*") || Is("/")) {
      const auto kind = Is("*") ? Expression::Kind::kMultiply : Expression::Kind::kDivide;
      ++next_;
      BACKCAST_TRY(Expression right, Factor());
      left = Join(kind, std::move(left), std::move(right));
    }
    return left;
  }

  static Expression Join(Expression::Kind kind, Expression left, Expression right) {
    Expression joined;
    joined.kind = kind;
    joined.at = left.at;
    joined.parts.push_back(std::move(left));
    joined.parts.push_back(std::move(right));
    return joined;
  }

  Result<Expression> Factor() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    Expression leaf;
    leaf.at = Now().at;
    if (Now().kind == Token::Kind::kNumber) {
      leaf.number = Now().number;
      ++next_;
      return leaf;
    }
    if (Take("(")) {
      BACKCAST_TRY(Expression inner, Sum());
      BACKCAST_CHECK(Expect(")"));
      return inner;
    }
    if (Take("-")) {
      BACKCAST_TRY(Expression right, Factor());
      return Join(Expression::Kind::kSubtract, leaf, std::move(right));
    }
    if (Now().kind != Token::Kind::kWord || Contains(kReserved, Now().text)) {
      return Unexpected("a number, a metric or an aggregate such as sum(post_day.impressions)");
    }
    const std::string word = Now().text;
    ++next_;
    if (!Is("(")) {
      leaf.kind = Expression::Kind::kMetric;
      leaf.metric = word;
      return leaf;
    }
    return word == "total" ? Total(std::move(leaf)) : Aggregate(word, std::move(leaf));
  }

  Result<Expression> Total(Expression total) {
    total.kind = Expression::Kind::kTotal;
    ++next_;
    do {
      BACKCAST_TRY(Expression part, Sum());
      total.parts.push_back(std::move(part));
    } while (Take(","));
    BACKCAST_CHECK(Expect(")"));
    if (total.parts.size() < 2) return FaultAt(total.at, "total() needs at least two values", "");
    return total;
  }

  // ---------------------------------------------------------------- one aggregate over one fact
  Result<Expression> Aggregate(const std::string& name, Expression leaf) {
    if (!Contains(kAggregates, name)) {
      const std::vector<std::string> known(kAggregates.begin(), kAggregates.end());
      const std::string near = DidYouMean(name, known);
      return FaultAt(
          leaf.at, "there is no aggregate '" + name.substr(0, 40) + "'",
          near.empty()
              ? "known are sum, count, count_distinct, quantile, median, last, first, avg, min, max, exact"
              : near);
    }
    leaf.kind = Expression::Kind::kAggregate;
    leaf.aggregate = name == "median" ? "quantile" : name;
    leaf.quantile = 0.5;
    ++next_;
    fact_.clear();
    if (name == "quantile") BACKCAST_CHECK(Share(leaf.quantile));
    BACKCAST_CHECK(name == "count" ? Counted(leaf) : Argument(leaf));
    if (TakeWord("where")) {
      BACKCAST_TRY(leaf.condition, Condition());
    }
    if (TakeWord("on")) {
      if (Now().kind != Token::Kind::kWord) return Unexpected("the name of a day column");
      leaf.day = Now().text;
      ++next_;
    }
    BACKCAST_CHECK(Expect(")"));
    leaf.fact = fact_;
    leaf.argument = ToText(leaf.row);
    leaf.where = ToText(leaf.condition);
    return leaf;
  }

  Result<Done> Share(double& share) {
    if (Now().kind != Token::Kind::kNumber || Now().number < 0 || Now().number > 1) {
      return Unexpected("the quantile as a number from 0 to 1");
    }
    share = Now().number;
    ++next_;
    return Expect(",");
  }

  /// count(fact ...) counts rows; count(fact.column ...) counts rows where the column is reported.
  Result<Done> Counted(Expression& leaf) {
    if (Now().kind != Token::Kind::kWord || Contains(kReserved, Now().text))
      return Unexpected("the name of a fact");
    if (tokens_[next_ + 1].text == "." && tokens_[next_ + 1].kind == Token::Kind::kSymbol)
      return Argument(leaf);
    fact_ = Now().text;
    ++next_;
    return Done{};
  }

  Result<Done> Argument(Expression& leaf) {
    const std::size_t at = Now().at;
    BACKCAST_TRY(leaf.row, Value());
    if (fact_.empty())
      return FaultAt(at, "it is not said which fact is read",
                     "write fact.column, as in post_day.impressions");
    return Done{};
  }

  // ---------------------------------------------------------------- values of a row
  static Row JoinRows(Row::Kind kind, Row left, Row right) {
    Row joined;
    joined.kind = kind;
    joined.parts.push_back(std::move(left));
    joined.parts.push_back(std::move(right));
    return joined;
  }

  Result<Row> Value() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    BACKCAST_TRY(Row left, RowProduct());
    while (Is("+") || Is("-")) {
      const auto kind = Is("+") ? Row::Kind::kAdd : Row::Kind::kSubtract;
      ++next_;
      BACKCAST_TRY(Row right, RowProduct());
      left = JoinRows(kind, std::move(left), std::move(right));
    }
    return left;
  }

  Result<Row> RowProduct() {
    BACKCAST_TRY(Row left, RowFactor());
    while (Is("*") || Is("/")) {
      const auto kind = Is("*") ? Row::Kind::kMultiply : Row::Kind::kDivide;
      ++next_;
      BACKCAST_TRY(Row right, RowFactor());
      left = JoinRows(kind, std::move(left), std::move(right));
    }
    return left;
  }

  Result<Row> RowFactor() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    Row leaf;
    if (Now().kind == Token::Kind::kNumber || Now().kind == Token::Kind::kText) {
      leaf.kind = Now().kind == Token::Kind::kNumber ? Row::Kind::kNumber : Row::Kind::kText;
      leaf.number = Now().number;
      leaf.text = leaf.kind == Row::Kind::kText ? Now().text : "";
      ++next_;
      return leaf;
    }
    if (Take("(")) {
      BACKCAST_TRY(Row inner, Value());
      BACKCAST_CHECK(Expect(")"));
      return inner;
    }
    if (Take("-")) {
      leaf.kind = Row::Kind::kNumber;
      BACKCAST_TRY(Row right, RowFactor());
      return JoinRows(Row::Kind::kSubtract, leaf, std::move(right));
    }
    if (IsWord("true") || IsWord("false")) {
      leaf.kind = Row::Kind::kFlag;
      leaf.number = IsWord("true") ? 1 : 0;
      ++next_;
      return leaf;
    }
    if (Now().kind != Token::Kind::kWord || Contains(kReserved, Now().text))
      return Unexpected("a column, a number or a text");
    return Named();
  }

  /// column, fact.column, seconds(a, b) or total(a, b, ...).
  Result<Row> Named() {
    const Token word = Now();
    ++next_;
    Row leaf;
    if (Take("(")) {
      if (word.text != "seconds" && word.text != "total") {
        return FaultAt(word.at, "there is no function '" + word.text.substr(0, 40) + "' for a row",
                       "known are seconds(from, to) and total(a, b, ...)");
      }
      leaf.kind = word.text == "seconds" ? Row::Kind::kSeconds : Row::Kind::kTotal;
      do {
        BACKCAST_TRY(Row part, Value());
        leaf.parts.push_back(std::move(part));
      } while (Take(","));
      BACKCAST_CHECK(Expect(")"));
      if (leaf.parts.size() < 2 || (leaf.kind == Row::Kind::kSeconds && leaf.parts.size() != 2)) {
        return FaultAt(
            word.at,
            word.text + "() needs " + (word.text == "seconds" ? "two instants" : "at least two values"), "");
      }
      return leaf;
    }
    leaf.kind = Row::Kind::kColumn;
    leaf.text = word.text;
    if (Take(".")) {
      if (!fact_.empty() && fact_ != word.text) {
        return FaultAt(word.at,
                       "one aggregate reads one fact, and this one reads " + fact_ + " and " + word.text,
                       "make it two aggregates and join them with + - * /");
      }
      fact_ = word.text;
      if (Now().kind != Token::Kind::kWord) return Unexpected("a column of " + fact_);
      leaf.text = Now().text;
      ++next_;
    }
    return leaf;
  }

  // ---------------------------------------------------------------- conditions of a row
  Result<Row> Condition() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    BACKCAST_TRY(Row left, Conjunction());
    while (TakeWord("or")) {
      BACKCAST_TRY(Row right, Conjunction());
      left = JoinRows(Row::Kind::kOr, std::move(left), std::move(right));
    }
    return left;
  }

  Result<Row> Conjunction() {
    BACKCAST_TRY(Row left, Negation());
    while (TakeWord("and")) {
      BACKCAST_TRY(Row right, Negation());
      left = JoinRows(Row::Kind::kAnd, std::move(left), std::move(right));
    }
    return left;
  }

  static Row Not(Row inner) {
    Row negation;
    negation.kind = Row::Kind::kNot;
    negation.parts.push_back(std::move(inner));
    return negation;
  }

  Result<Row> Negation() {
    const Level level(*this);
    if (level.TooMuch()) return TooMuch();
    if (TakeWord("not")) {
      BACKCAST_TRY(Row inner, Negation());
      return Not(std::move(inner));
    }
    if (Is("(") && BracketHoldsCondition()) {
      ++next_;
      BACKCAST_TRY(Row inner, Condition());
      BACKCAST_CHECK(Expect(")"));
      return inner;
    }
    return Comparison();
  }

  /// "(" opens a condition unless what follows its ")" goes on as a value: (a + b) > 3.
  bool BracketHoldsCondition() const {
    int open = 0;
    for (std::size_t i = next_; tokens_[i].kind != Token::Kind::kEnd; ++i) {
      const Token& token = tokens_[i];
      if (token.kind != Token::Kind::kSymbol) continue;
      if (token.text == "(") ++open;
      if (token.text == ")" && --open == 0) {
        const Token& after = tokens_[i + 1];
        const bool symbol = after.kind == Token::Kind::kSymbol && after.text != ")" && after.text != ",";
        return !symbol && !(after.kind == Token::Kind::kWord && (after.text == "in" || after.text == "is"));
      }
    }
    return true;
  }

  Result<Row> Comparison() {
    BACKCAST_TRY(Row left, Value());
    static constexpr std::array<std::pair<std::string_view, Row::Kind>, 6> kSigns = {
        {{"=", Row::Kind::kEqual},
         {"<>", Row::Kind::kNotEqual},
         {"<", Row::Kind::kLess},
         {"<=", Row::Kind::kAtMost},
         {">", Row::Kind::kMore},
         {">=", Row::Kind::kAtLeast}}};
    for (const auto& [sign, kind] : kSigns) {
      if (!Take(sign)) continue;
      BACKCAST_TRY(Row right, Value());
      return JoinRows(kind, std::move(left), std::move(right));
    }
    if (TakeWord("is")) {
      const bool negated = TakeWord("not");
      if (!TakeWord("missing")) return Unexpected("'missing'");
      Row missing;
      missing.kind = Row::Kind::kMissing;
      missing.parts.push_back(std::move(left));
      return negated ? Not(std::move(missing)) : std::move(missing);
    }
    const bool negated = IsWord("not") && tokens_[next_ + 1].text == "in";
    if (negated) ++next_;
    if (TakeWord("in")) {
      BACKCAST_TRY(Row in, Among(std::move(left)));
      return negated ? Not(std::move(in)) : std::move(in);
    }
    return left;
  }

  Result<Row> Among(Row left) {
    Row in;
    in.kind = Row::Kind::kIn;
    in.parts.push_back(std::move(left));
    BACKCAST_CHECK(Expect("("));
    do {
      if (Now().kind != Token::Kind::kText && Now().kind != Token::Kind::kNumber)
        return Unexpected("a text in single quotes or a number");
      BACKCAST_TRY(Row value, RowFactor());
      in.parts.push_back(std::move(value));
    } while (Take(","));
    BACKCAST_CHECK(Expect(")"));
    return in;
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::string fact_;  ///< of the aggregate being read
  int depth_ = 0;
};

}  // namespace

Result<Expression> ParseFormula(std::string_view text) {
  if (text.size() > kMaxCharacters) {
    return Error{Code::kInput, "character 4001", "a formula may have 4,000 characters",
                 "split it into several metrics"};
  }
  BACKCAST_TRY(std::vector<Token> tokens, ReadTokens(text));
  return Parser(std::move(tokens)).Formula();
}

}  // namespace backcast
