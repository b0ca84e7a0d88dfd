// SPDX-License-Identifier: Apache-2.0
// The terminal: what it can show, how progress is drawn, and Ctrl-C.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>

#include "desk/talk.h"
#include "report/document.h"

namespace backcast {

/// Colour and width of stdout: NO_COLOR, FORCE_COLOR, TERM=dumb and whether it is a terminal decide.
TextStyle StyleOfStdout(bool no_colour);

/// Talks on stderr; progress only on a terminal; a watcher thread turns SIGINT into Engine::Interrupt().
class Terminal final : public Talk {
 public:
  /// `quiet` says nothing; `verbose` puts the seconds since the start before each line.
  Terminal(bool quiet, bool verbose);
  ~Terminal() override;
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void Say(std::string_view line) override;
  void Progress(std::string_view label, double share) override;
  void Watch(Engine* engine) override;
  bool stopped() const override { return stopped_; }

 private:
  void ClearLine();

  bool quiet_;
  bool verbose_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool animated_;
  bool line_shown_ = false;
  std::chrono::steady_clock::time_point last_{};
  std::atomic<bool> stopped_{false};
  std::mutex watching_;
  Engine* engine_ = nullptr;
  std::thread watcher_;
};

}  // namespace backcast
