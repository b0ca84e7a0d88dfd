// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.h"

#include <algorithm>
#include <charconv>

#include "base/nearest.h"

namespace backcast {
namespace {

/// All options of all commands by name, to know which take a value before the command is known.
const OptionSpec* FindOption(std::string_view name, const CommandSpec* command) {
  const auto find = [&](auto options) -> const OptionSpec* {
    for (const OptionSpec& option : options) {
      if (option.name == name || (!option.brief.empty() && option.brief == name)) return &option;
    }
    return nullptr;
  };
  if (const OptionSpec* shared = find(SharedOptions())) return shared;
  if (command != nullptr) return find(std::span<const OptionSpec>(command->options));
  for (const CommandSpec& each : Commands()) {
    if (const OptionSpec* option = find(std::span<const OptionSpec>(each.options))) return option;
  }
  return nullptr;
}

Error UnknownOption(std::string_view name, const CommandSpec* command) {
  std::vector<std::string> known;
  for (const OptionSpec& option : SharedOptions()) known.emplace_back(option.name);
  if (command != nullptr) {
    for (const OptionSpec& option : command->options) known.emplace_back(option.name);
  }
  const std::string hint = DidYouMean(name, known);
  const std::string help =
      command == nullptr ? "backcast help" : "backcast help " + std::string(command->name);
  return {Code::kUsage, "",
          "there is no option " + std::string(name) +
              (command == nullptr ? "" : " for " + std::string(command->name)),
          hint.empty() ? help + " lists them" : hint};
}

/// The command named by the first one or two words; `used` says how many.
Result<const CommandSpec*> FindCommand(const std::vector<std::string>& words, std::size_t& used) {
  std::vector<std::string> known, second;
  for (const CommandSpec& command : Commands()) {
    const std::size_t blank = command.name.find(' ');
    const std::string first(command.name.substr(0, blank));
    known.push_back(first);
    if (words[0] != first) continue;
    if (blank == std::string_view::npos) {
      used = 1;
      return &command;
    }
    second.emplace_back(command.name.substr(blank + 1));
    if (words.size() > 1 && words[1] == second.back()) {
      used = 2;
      return &command;
    }
  }
  if (!second.empty()) {
    std::string list;
    for (const std::string& word : second) list += (list.empty() ? "" : ", ") + word;
    std::string hint = words.size() > 1 ? DidYouMean(words[1], second) : "";
    return Error{Code::kUsage, "",
                 words[0] + (words.size() > 1 ? " has no '" + words[1] + "'" : " needs one of: " + list),
                 hint.empty() ? "one of: " + list : hint};
  }
  const std::string hint = DidYouMean(words[0], known);
  return Error{Code::kUsage, "", "there is no command '" + words[0].substr(0, 60) + "'",
               hint.empty() ? "backcast help lists them" : hint};
}

struct Token {
  std::string name, value;
  bool has_value = false;
};

/// Splits "--name=value" and reads the value that follows an option that takes one.
Result<Token> TakeOption(const std::vector<std::string>& all, std::size_t& at) {
  Token token;
  token.name = all[at];
  if (const std::size_t equals = token.name.find('=');
      token.name.starts_with("--") && equals != std::string::npos) {
    token.value = token.name.substr(equals + 1);
    token.name.resize(equals);
    token.has_value = true;
  }
  const OptionSpec* option = FindOption(token.name, nullptr);
  if (option == nullptr) return token;
  if (option->value.empty() && token.has_value) {
    return Error{Code::kUsage, "", token.name + " takes no value", ""};
  }
  if (!option->value.empty() && !token.has_value) {
    if (at + 1 >= all.size())
      return Error{Code::kUsage, "", token.name + " needs a value (" + std::string(option->value) + ")", ""};
    token.value = all[++at];
    token.has_value = true;
  }
  return token;
}

}  // namespace

Result<Words> ParseWords(const std::vector<std::string>& arguments) {
  std::vector<std::string> plain;
  std::vector<Token> tokens;
  bool only_plain = false;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string& word = arguments[at];
    if (word == "--" && !only_plain) {
      only_plain = true;
    } else if (only_plain || word.size() < 2 || word[0] != '-') {
      plain.push_back(word);
    } else {
      BACKCAST_TRY(Token token, TakeOption(arguments, at));
      tokens.push_back(std::move(token));
    }
  }
  Words words;
  if (!plain.empty()) {
    std::size_t used = 0;
    BACKCAST_TRY(words.command, FindCommand(plain, used));
    words.arguments.assign(plain.begin() + static_cast<std::ptrdiff_t>(used), plain.end());
  }
  for (Token& token : tokens) {
    const OptionSpec* option = FindOption(token.name, words.command);
    if (option == nullptr) return UnknownOption(token.name, words.command);
    std::vector<std::string>& values = words.options[std::string(option->name)];
    if (!option->repeatable && !values.empty() && !option->value.empty() && values.back() != token.value) {
      return Error{Code::kUsage, "", token.name + " is given twice with different values", "give it once"};
    }
    values.push_back(std::move(token.value));
  }
  if (words.command == nullptr || words.Has("--help")) return words;
  const int count = static_cast<int>(words.arguments.size());
  if (count < words.command->least || (words.command->most >= 0 && count > words.command->most)) {
    const std::string name(words.command->name);
    return Error{Code::kUsage, "",
                 name + (count < words.command->least ? " needs " + std::string(words.command->arguments)
                                                      : " does not take '" + words.arguments.back() + "'"),
                 "for example: " + std::string(words.command->example)};
  }
  return words;
}

std::string Words::Get(std::string_view name, std::string_view otherwise) const {
  const auto found = options.find(name);
  return found == options.end() ? std::string(otherwise) : found->second.back();
}

std::vector<std::string> Words::List(std::string_view name) const {
  std::vector<std::string> list;
  const auto found = options.find(name);
  if (found == options.end()) return list;
  for (const std::string& value : found->second) {
    for (std::size_t from = 0; from <= value.size();) {
      const std::size_t comma = std::min(value.find(',', from), value.size());
      if (comma > from) list.push_back(value.substr(from, comma - from));
      from = comma + 1;
    }
  }
  return list;
}

Result<std::optional<long>> Words::Number(std::string_view name, long least) const {
  if (!Has(name)) return std::optional<long>();
  const std::string text = Get(name);
  long number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || rest != text.data() + text.size() || number < least) {
    return Error{Code::kUsage, "",
                 std::string(name) + " needs a whole number of at least " + std::to_string(least) +
                     ", not '" + text + "'",
                 ""};
  }
  return std::optional<long>(number);
}

}  // namespace backcast
