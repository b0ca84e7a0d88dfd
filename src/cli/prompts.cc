// SPDX-License-Identifier: Apache-2.0
#include "cli/prompts.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace backcast {
namespace {

/// More than this without an end of line is no answer.
constexpr std::size_t kLongestLine = 1 << 20;

class Prompts final : public Asker {
 public:
  Prompts(Talk& talk, bool colour) : talk_(talk), colour_(colour) {}

  void Show(const Prompt& prompt) override {
    if (!prompt.heading.empty()) std::fprintf(stderr, "\n%s\n", Styled("1", prompt.heading).c_str());
    std::string ask = prompt.about.empty() ? "" : Printable(prompt.about) + ": ";
    ask += prompt.ask;
    std::fprintf(stderr, "\n%s\n", ask.c_str());
    if (!prompt.why.empty()) std::fprintf(stderr, "%s\n", Styled("90", prompt.why).c_str());
    std::string line;
    if (!prompt.kind.empty() && prompt.kind != "a text") line += prompt.kind + "; ";
    if (!prompt.example.empty()) line += "e.g. " + prompt.example + "  ";
    if (prompt.ends) line += "(Return goes on to the next block)  ";
    if (!line.empty()) std::fprintf(stderr, "%s\n", Styled("90", line).c_str());
    std::fprintf(stderr, "%s> ", prompt.standard.empty() ? "" : ("[" + prompt.standard + "] ").c_str());
    std::fflush(stderr);
  }

  void Tell(std::string_view line) override {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
  }

  Result<std::optional<std::string>> ReadLine() override {
    for (;;) {
      if (const std::size_t end = pending_.find('\n'); end != std::string::npos) {
        std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return std::optional<std::string>(std::move(line));
      }
      if (talk_.stopped()) {
        std::fputs("\nStopped; every answer is kept.\n", stderr);
        return Error{Code::kInterrupted, "", "stopped; what was answered is kept",
                     "the same command goes on from there"};
      }
      if (pending_.size() > kLongestLine) pending_.clear();
      if (!Fill()) return std::optional<std::string>();
    }
  }

 private:
  /// Waits a moment for input, so that Ctrl-C is noticed; false at its end.
  bool Fill() {
    pollfd waiting{STDIN_FILENO, POLLIN, 0};
    const int ready = poll(&waiting, 1, 100);
    if (ready <= 0) return ready == 0 || errno == EINTR;
    char bytes[4096];
    const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) return count < 0 && errno == EINTR;
    pending_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  std::string Styled(const char* style, const std::string& text) const {
    return colour_ ? "\033[" + std::string(style) + "m" + text + "\033[0m" : text;
  }

  /// What was typed earlier may hold signs that the terminal would obey.
  static std::string Printable(std::string text) {
    for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return text;
  }

  Talk& talk_;
  bool colour_;
  std::string pending_;
};

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] != '\0';
}

}  // namespace

std::unique_ptr<Asker> PromptsOnTerminal(Talk& talk, bool no_colour) {
  if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) return nullptr;
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::strcmp(term, "dumb") == 0;
  return std::make_unique<Prompts>(talk, !no_colour && !IsSet("NO_COLOR") && !dumb);
}

}  // namespace backcast
