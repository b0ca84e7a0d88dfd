// SPDX-License-Identifier: Apache-2.0
#include "plan/value_check.h"

#include <algorithm>
#include <cmath>

#include "plan/number_words.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Four, two and two digits: meant as a day, whether or not the calendar has it.
bool LooksLikeDay(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && IsDigits(text.substr(0, 4)) &&
         IsDigits(text.substr(5, 2)) && IsDigits(text.substr(8, 2));
}

ValueFault WrongType(const Yaml& value, const Form& form) {
  return {ValueFault::Kind::kType, ToWords(form) + ", not '" + Shortened(value.text) + "'", ""};
}

std::string HowToWriteNumber(const Yaml& value) {
  std::string bare;
  for (const char c : value.text) {
    if (c != ',' && c != ' ' && c != '_' && c != '\'' && c != '%') bare += c;
    if (bare.size() > 40) return "";
  }
  Yaml plain;
  plain.kind = Yaml::Kind::kScalar;
  plain.text = bare;
  const std::optional<double> number = plain.Number();
  if (!number || !std::isfinite(*number)) return "";
  if (value.text.back() == '%') return "Write " + NumberWords(*number / 100) + ".";
  if (value.quoted && bare == value.text) return "Take the quotes away.";
  if (value.text.find_first_of(", _'") != std::string::npos)
    return "Write it without separators and with a point for decimals.";
  return "";
}

std::optional<ValueFault> CheckNumber(const Yaml& value, const Form& form, const ShapeKey& key) {
  const std::optional<double> number = FiniteNumber(&value);
  if (!number) {
    ValueFault fault = WrongType(value, form);
    fault.fix = HowToWriteNumber(value);
    return fault;
  }
  const bool whole = form.kind == Form::Kind::kInteger;
  if (whole && (*number != std::floor(*number))) return WrongType(value, form);
  const bool share = form.kind == Form::Kind::kShare;
  const double least = share ? 0 : key.min.value_or(-1e300);
  const double most = share ? 1 : key.max.value_or(whole ? 2e9 : 1e300);
  if (*number < least) {
    return ValueFault{ValueFault::Kind::kRange, NumberWords(*number) + "; the least is " + NumberWords(least),
                      ""};
  }
  if (*number <= most) return std::nullopt;
  return ValueFault{ValueFault::Kind::kRange, NumberWords(*number) + "; the most is " + NumberWords(most),
                    share && *number <= 100
                        ? "Write " + NumberWords(*number / 100) + " for " + NumberWords(*number) + " %."
                        : ""};
}

std::optional<ValueFault> CheckId(const Yaml& value, const Form& form) {
  constexpr std::size_t kLongest = 100;
  if (value.text.size() > kLongest) {
    return ValueFault{ValueFault::Kind::kType, "an id of at most 100 characters", "Give it a shorter id."};
  }
  if (value.text.empty() || value.text.find_first_of(" \t\r\n") != std::string::npos)
    return WrongType(value, form);
  return std::nullopt;
}

std::optional<ValueFault> CheckDate(const Yaml& value, const Form& form) {
  if (PlanDay(&value)) return std::nullopt;
  if (LooksLikeDay(value.text)) return ValueFault{ValueFault::Kind::kNoSuchDay, "", ""};
  return WrongType(value, form);
}

std::optional<ValueFault> CheckPeriod(const Yaml& value, const Form& form) {
  if (PlanPeriod(&value)) return std::nullopt;
  const std::size_t dots = value.text.find("..");
  if (dots == std::string::npos) return WrongType(value, form);
  const std::string_view from = std::string_view(value.text).substr(0, dots);
  const std::string_view to = std::string_view(value.text).substr(dots + 2);
  if (!LooksLikeDay(from) || !LooksLikeDay(to)) return WrongType(value, form);
  if (ParseIsoDay(from).ok() && ParseIsoDay(to).ok()) {
    return ValueFault{ValueFault::Kind::kRange, "a period that ends before it begins", "Swap the two days."};
  }
  return ValueFault{ValueFault::Kind::kNoSuchDay, "", ""};
}

}  // namespace

std::optional<double> FiniteNumber(const Yaml* value) {
  if (value == nullptr) return std::nullopt;
  const std::optional<double> number = value->Number();
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<Day> PlanDay(const Yaml* value) {
  if (value == nullptr || !value->IsScalar() || !LooksLikeDay(value->text)) return std::nullopt;
  const Result<Day> day = ParseIsoDay(value->text);
  return day.ok() ? std::optional<Day>(day.value()) : std::nullopt;
}

std::optional<Window> PlanPeriod(const Yaml* value) {
  if (value == nullptr) return std::nullopt;
  if (value->IsMap()) {
    const std::optional<Day> from = PlanDay(value->Find("from")), to = PlanDay(value->Find("to"));
    if (!from || !to || *to < *from) return std::nullopt;
    return Window{*from, *to + std::chrono::days{1}};
  }
  // Words such as last-28d depend on the day of reading; a plan says which days it means.
  if (!value->IsScalar() || value->text.size() > 30 || value->text[0] < '0' || value->text[0] > '9')
    return std::nullopt;
  const Result<Window> period = ParsePeriod(value->text, Day{});
  return period.ok() ? std::optional<Window>(period.value()) : std::nullopt;
}

std::optional<Day> BoundOf(const Yaml* value, bool last) {
  if (const std::optional<Day> day = PlanDay(value)) return day;
  const std::optional<Window> period = PlanPeriod(value);
  if (!period) return std::nullopt;
  return last ? period->to - std::chrono::days{1} : period->from;
}

std::optional<ValueFault> CheckScalar(const Yaml& value, const Form& form, const ShapeKey& key) {
  switch (form.kind) {
    case Form::Kind::kNumber:
    case Form::Kind::kInteger:
    case Form::Kind::kShare:
      return CheckNumber(value, form, key);
    case Form::Kind::kDate:
      return CheckDate(value, form);
    case Form::Kind::kPeriod:
      return CheckPeriod(value, form);
    case Form::Kind::kId:
    case Form::Kind::kMetric:
      return CheckId(value, form);
    case Form::Kind::kYesNo:
      if (value.Boolean()) return std::nullopt;
      return WrongType(value, form);
    default:
      return std::nullopt;
  }
}

}  // namespace backcast
