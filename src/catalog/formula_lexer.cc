// SPDX-License-Identifier: Apache-2.0
#include "catalog/formula_lexer.h"

#include <charconv>
#include <cmath>

namespace backcast {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

Error Unreadable(std::size_t at, std::string what, std::string hint) {
  return Error{Code::kInput, "character " + std::to_string(at + 1), std::move(what), std::move(hint)};
}

/// A character as a reader may see it; others by their code.
std::string Show(char c) {
  if (c > ' ' && c < 127) return std::string("'") + c + "'";
  return "the byte " + std::to_string(static_cast<unsigned char>(c));
}

Result<Token> ReadText(std::string_view text, std::size_t& next) {
  Token token{Token::Kind::kText, "", 0, next + 1};
  for (std::size_t i = next + 1; i < text.size(); ++i) {
    if (text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'') {
      token.text += '\'';
      ++i;
    } else if (text[i] == '\'') {
      next = i + 1;
      return token;
    } else {
      token.text += text[i];
    }
  }
  return Unreadable(next, "a text begins here and does not end", "close it with a single quote");
}

Result<Token> ReadNumber(std::string_view text, std::size_t& next) {
  Token token{Token::Kind::kNumber, "", 0, next + 1};
  const auto [end, error] = std::from_chars(text.data() + next, text.data() + text.size(), token.number);
  const auto length = static_cast<std::size_t>(end - (text.data() + next));
  if (error != std::errc{} || !std::isfinite(token.number) ||
      (next + length < text.size() && IsLetter(text[next + length]))) {
    return Unreadable(next, "this is not a number", "write numbers as 12, 0.5 or 1e6");
  }
  token.text = std::string(text.substr(next, length));
  next += length;
  return token;
}

Result<Token> ReadSymbol(std::string_view text, std::size_t& next) {
  static constexpr std::string_view kSymbols[] = {"<>", "<=", ">=", "(", ")", ",", ".",
                                                  "+",  "-",  "*",  "/", "=", "<", ">"};
  for (const std::string_view symbol : kSymbols) {
    if (text.substr(next, symbol.size()) != symbol) continue;
    Token token{Token::Kind::kSymbol, std::string(symbol), 0, next + 1};
    next += symbol.size();
    return token;
  }
  const bool quote = text[next] == '"';
  return Unreadable(next, Show(text[next]) + " has no meaning in a formula",
                    quote ? "texts stand in single quotes: 'organic'" : "");
}

}  // namespace

Result<std::vector<Token>> ReadTokens(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t next = 0; next < text.size();) {
    const char c = text[next];
    if (IsSpace(c)) {
      ++next;
    } else if (IsLetter(c)) {
      const std::size_t from = next;
      while (next < text.size() && (IsLetter(text[next]) || IsDigit(text[next]))) ++next;
      tokens.push_back({Token::Kind::kWord, std::string(text.substr(from, next - from)), 0, from + 1});
    } else {
      BACKCAST_TRY(Token token, c == '\''    ? ReadText(text, next)
                                : IsDigit(c) ? ReadNumber(text, next)
                                             : ReadSymbol(text, next));
      tokens.push_back(std::move(token));
    }
  }
  tokens.push_back({Token::Kind::kEnd, "", 0, text.size() + 1});
  return tokens;
}

}  // namespace backcast
