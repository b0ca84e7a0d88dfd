// SPDX-License-Identifier: Apache-2.0
#include "desk/segment_rule.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "sql/dialect.h"

namespace backcast {
namespace {

constexpr int kDeepest = 40;

struct Token {
  std::string text;
  bool quoted = false;

  bool Is(std::string_view word) const { return !quoted && text == word; }
};

/// Words, texts in quotes, signs and comparisons of a rule.
std::vector<Token> Tokens(std::string_view rule) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < rule.size();) {
    const char c = rule[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at;
    } else if (c == '\'' || c == '"') {
      const std::size_t end = std::min(rule.find(c, at + 1), rule.size());
      tokens.push_back({std::string(rule.substr(at + 1, end - at - 1)), true});
      at = end + 1;
    } else if (std::string_view("(),=").find(c) != std::string_view::npos) {
      tokens.push_back({std::string(1, c), false});
      ++at;
    } else if (c == '<' || c == '>') {
      const bool two = at + 1 < rule.size() && (rule[at + 1] == '=' || (c == '<' && rule[at + 1] == '>'));
      tokens.push_back({std::string(rule.substr(at, two ? 2 : 1)), false});
      at += two ? 2 : 1;
    } else {
      const std::size_t end = std::min(rule.find_first_of(" \t\n\r(),=<>'\"", at), rule.size());
      tokens.push_back({std::string(rule.substr(at, end - at)), false});
      at = end;
    }
  }
  return tokens;
}

bool IsNumber(const std::string& text) {
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

bool IsWord(const Token& token) {
  static constexpr std::string_view kSigns[] = {"(", ")", ",", "=", "<", "<=", ">", ">=", "<>"};
  return token.quoted || std::find(std::begin(kSigns), std::end(kSigns), token.text) == std::end(kSigns);
}

SegmentRule Negated(SegmentRule rule) {
  SegmentRule negated;
  negated.kind = SegmentRule::Kind::kNot;
  negated.parts.push_back(std::move(rule));
  return negated;
}

class Reader {
 public:
  explicit Reader(std::string_view rule) : tokens_(Tokens(rule)) {}

  std::optional<SegmentRule> Whole() {
    auto rule = Any(0);
    if (!rule || at_ != tokens_.size()) return std::nullopt;
    return rule;
  }

 private:
  using Kind = SegmentRule::Kind;

  bool Next(std::string_view word) {
    if (at_ >= tokens_.size() || !tokens_[at_].Is(word)) return false;
    ++at_;
    return true;
  }
  std::optional<std::string> Word() {
    if (at_ >= tokens_.size() || !IsWord(tokens_[at_])) return std::nullopt;
    return tokens_[at_++].text;
  }

  template <class Part>
  std::optional<SegmentRule> Joined(Kind kind, std::string_view word, Part part) {
    auto first = part();
    if (!first) return std::nullopt;
    SegmentRule all;
    all.kind = kind;
    all.parts.push_back(std::move(*first));
    while (Next(word)) {
      auto more = part();
      if (!more) return std::nullopt;
      all.parts.push_back(std::move(*more));
    }
    return all.parts.size() == 1 ? std::move(all.parts[0]) : std::move(all);
  }

  std::optional<SegmentRule> Any(int depth) {
    if (depth > kDeepest) return std::nullopt;
    return Joined(Kind::kOr, "or", [&] { return Joined(Kind::kAnd, "and", [&] { return One(depth); }); });
  }

  std::optional<SegmentRule> One(int depth) {
    if (depth > kDeepest) return std::nullopt;
    if (Next("not")) {
      auto rule = One(depth + 1);
      if (!rule) return std::nullopt;
      return Negated(std::move(*rule));
    }
    if (Next("(")) {
      auto rule = Any(depth + 1);
      if (!rule || !Next(")")) return std::nullopt;
      return rule;
    }
    return Condition();
  }

  std::optional<SegmentRule> Condition() {
    SegmentRule rule;
    if (at_ < tokens_.size() && tokens_[at_].quoted) return std::nullopt;
    const auto column = Word();
    if (!column) return std::nullopt;
    rule.column = *column;
    if (Next("=")) return WithValue(std::move(rule), Kind::kIn);
    if (Next("begins")) return WithValue(std::move(rule), Kind::kBegins);
    if (Next("<>")) {
      auto equal = WithValue(std::move(rule), Kind::kIn);
      return equal ? std::optional(Negated(std::move(*equal))) : std::nullopt;
    }
    for (const char* comparison : {"<=", ">=", "<", ">"}) {
      if (!Next(comparison)) continue;
      rule.comparison = comparison;
      auto compared = WithValue(std::move(rule), Kind::kCompare);
      return compared && IsNumber(compared->values[0]) ? compared : std::nullopt;
    }
    const bool negated = Next("not");
    auto listed = Listed(std::move(rule));
    if (!listed || !negated) return listed;
    return Negated(std::move(*listed));
  }

  std::optional<SegmentRule> WithValue(SegmentRule rule, Kind kind) {
    const auto value = Word();
    if (!value) return std::nullopt;
    rule.kind = kind;
    rule.values = {*value};
    return rule;
  }

  std::optional<SegmentRule> Listed(SegmentRule rule) {
    if (!Next("in") || !Next("(")) return std::nullopt;
    rule.kind = Kind::kIn;
    do {
      const auto value = Word();
      if (!value) return std::nullopt;
      rule.values.push_back(*value);
    } while (Next(","));
    if (!Next(")")) return std::nullopt;
    return rule;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<SegmentRule> ReadSegmentRule(std::string_view rule) { return Reader(rule).Whole(); }

void CollectColumns(const SegmentRule& rule, std::set<std::string>& columns) {
  if (!rule.column.empty()) columns.insert(rule.column);
  for (const SegmentRule& part : rule.parts) CollectColumns(part, columns);
}

bool Fits(const SegmentRule& rule, const Fact& fact) {
  if (rule.parts.empty()) {
    const FactColumn* column = fact.Find(rule.column);
    if (column == nullptr) return false;
    const Type type = column->type;
    if (rule.kind == SegmentRule::Kind::kCompare)
      return type == Type::kCount || type == Type::kNumber || type == Type::kMoney;
    if (type == Type::kFlag) {
      return rule.kind == SegmentRule::Kind::kIn &&
             std::all_of(rule.values.begin(), rule.values.end(),
                         [](const std::string& value) { return value == "true" || value == "false"; });
    }
    return type == Type::kLabel;
  }
  return std::all_of(rule.parts.begin(), rule.parts.end(),
                     [&](const SegmentRule& part) { return Fits(part, fact); });
}

std::string ToSql(const SegmentRule& rule) {
  const std::string column = QuoteName(rule.column);
  std::string sql;
  switch (rule.kind) {
    case SegmentRule::Kind::kAnd:
    case SegmentRule::Kind::kOr:
      for (const SegmentRule& part : rule.parts)
        sql += (sql.empty() ? "" : rule.kind == SegmentRule::Kind::kAnd ? " and " : " or ") + ToSql(part);
      return "(" + sql + ")";
    case SegmentRule::Kind::kNot:
      return "(not " + ToSql(rule.parts[0]) + ")";
    case SegmentRule::Kind::kIn:
      for (const std::string& value : rule.values) sql += (sql.empty() ? "" : ", ") + QuoteText(value);
      return "(cast(" + column + " as varchar) in (" + sql + "))";
    case SegmentRule::Kind::kCompare:
      return "(" + column + " " + rule.comparison + " " + rule.values[0] + ")";
    case SegmentRule::Kind::kBegins:
      return "(substr(" + column + ", 1, length(" + QuoteText(rule.values[0]) +
             ")) = " + QuoteText(rule.values[0]) + ")";
  }
  return "false";
}

}  // namespace backcast
