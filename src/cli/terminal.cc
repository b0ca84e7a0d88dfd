// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace backcast {
namespace {

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] != '\0';
}

bool IsDumb() {
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") == 0;
}

bool SpeaksUnicode() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const set = std::getenv(name);
    if (set == nullptr || *set == '\0') continue;
    const std::string value = set;
    return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return isatty(STDOUT_FILENO) == 0;  // a file or pipe without a locale: UTF-8 is what programs expect
}

sigset_t StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

TextStyle StyleOfStdout(bool no_colour) {
  TextStyle style;
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  style.colour = IsSet("FORCE_COLOR") || (terminal && !IsSet("NO_COLOR") && !IsDumb());
  if (no_colour) style.colour = false;
  style.unicode = SpeaksUnicode() && !IsDumb();
  winsize size{};
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    style.width = size.ws_col;
  return style;
}

Terminal::Terminal(bool quiet, bool verbose)
    : quiet_(quiet), verbose_(verbose), animated_(isatty(STDERR_FILENO) != 0 && !IsDumb()) {
  // Blocked in every thread that starts from here; the watcher takes the signals one by one.
  const sigset_t set = StopSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  watcher_ = std::thread([this] {
    const sigset_t waiting = StopSignals();
    for (;;) {
      int signal = 0;
      sigwait(&waiting, &signal);
      const std::lock_guard lock(watching_);
      if (stopped_.exchange(true)) _exit(130);  // a second time, or the end of the program
      if (engine_ != nullptr) engine_->Interrupt();
    }
  });
  watcher_.detach();
}

Terminal::~Terminal() { ClearLine(); }

void Terminal::Say(std::string_view line) {
  if (quiet_) return;
  ClearLine();
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - start_;
  if (verbose_) std::fprintf(stderr, "[%7.3f s] ", since.count());
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void Terminal::Progress(std::string_view label, double share) {
  if (quiet_ || !animated_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  line_shown_ = true;
  constexpr int kWidth = 24;
  const int filled = share < 0 ? 0 : static_cast<int>(share * kWidth);
  const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                          std::string(static_cast<std::size_t>(kWidth - filled), '.');
  if (share < 0) {
    std::fprintf(stderr, "\r\033[K%.*s ...", static_cast<int>(label.size()), label.data());
  } else {
    std::fprintf(stderr, "\r\033[K[%s] %3.0f %% %.*s", bar.c_str(), share * 100,
                 static_cast<int>(label.size()), label.data());
  }
  std::fflush(stderr);
}

void Terminal::Watch(Engine* engine) {
  const std::lock_guard lock(watching_);
  engine_ = engine;
}

void Terminal::ClearLine() {
  if (line_shown_) std::fprintf(stderr, "\r\033[K");
  line_shown_ = false;
}

}  // namespace backcast
