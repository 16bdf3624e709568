#include <xgrad/models/training/progress_bar.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

namespace xgrad {
namespace {

constexpr std::int64_t bar_width = 30;
constexpr double seconds_between_drawings = 0.05;

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string bar(std::int64_t seen, std::int64_t target) {
  const auto filled = static_cast<std::size_t>(bar_width * seen / target);
  std::string text(filled, '=');
  if (filled > 0 && seen < target) text.back() = '>';
  text.resize(bar_width, '.');
  return text;
}

std::string remaining_time(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  if (seconds > 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole % 3600 / 60, whole % 60);
  if (seconds > 60) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}s", whole);
}

std::string time_of_one(double seconds) {
  if (seconds >= 1) return fmt::format("{:.0f}s/step", seconds);
  if (seconds >= 1e-3) return fmt::format("{:.0f}ms/step", seconds * 1e3);
  return fmt::format("{:.0f}us/step", seconds * 1e6);
}

}  // namespace

bool ProgressOptions::standard_output_is_terminal() { return isatty(STDOUT_FILENO) == 1; }

ProgressBar::ProgressBar(std::int64_t target, ProgressOptions options) : target_(target), options_(std::move(options)) {
  if (!options_.stream) options_.stream = &std::cout;
  if (!options_.clock) options_.clock = steady_seconds;
  start_ = options_.clock();
  last_drawn_ = start_ - seconds_between_drawings;
}

ProgressBar::~ProgressBar() {
  if (width_ > 0) *options_.stream << std::endl;
}

void ProgressBar::update(std::int64_t seen, const Logs& logs) {
  if (!options_.is_terminal || seen >= target_) return;
  const auto now = options_.clock();
  if (now - last_drawn_ < seconds_between_drawings) return;
  last_drawn_ = now;
  draw(line(seen, now, logs));
}

void ProgressBar::finish(const Logs& logs) {
  draw(line(target_, options_.clock(), logs));
  *options_.stream << std::endl;
  width_ = 0;
}

void ProgressBar::draw(std::string line) {
  const auto width = line.size();
  if (options_.is_terminal) {
    line.resize(std::max(width, width_), ' ');  // covers what the last drawing left
    *options_.stream << '\r';
  }
  *options_.stream << line << std::flush;
  width_ = width;
}

std::string ProgressBar::line(std::int64_t seen, double now, const Logs& logs) const {
  const auto elapsed = now - start_;
  const auto each = elapsed / static_cast<double>(std::max<std::int64_t>(seen, 1));
  auto text = fmt::format("{:{}}/{} [{}]", seen, std::to_string(target_).size(), target_, bar(seen, target_));
  if (seen < target_) {
    text += fmt::format(" - ETA: {}", remaining_time(each * static_cast<double>(target_ - seen)));
  } else {
    text += fmt::format(" - {:.0f}s {}", elapsed, time_of_one(each));
  }
  for (const auto& [name, value] : logs) {
    text +=
        std::abs(value) > 1e-3 ? fmt::format(" - {}: {:.4f}", name, value) : fmt::format(" - {}: {:.4e}", name, value);
  }
  return text;
}

Callback progress(ProgressOptions options) {
  if (!options.stream) options.stream = &std::cout;
  struct State {
    ProgressOptions options;
    FitParameters parameters;
    std::optional<ProgressBar> bar;
  };
  const auto state = std::make_shared<State>();
  state->options = std::move(options);
  return {
      .on_train_begin =
          [state](const FitParameters& parameters) {
            state->parameters = parameters;
            auto text = fmt::format("Train on {} samples", parameters.samples);
            if (parameters.validation_samples)
              text += fmt::format(", validate on {} samples", parameters.validation_samples);
            *state->options.stream << text << std::endl;
          },
      .on_epoch_begin =
          [state](int epoch) {
            *state->options.stream << fmt::format("Epoch {}/{}", epoch + 1, state->parameters.epochs) << std::endl;
            state->bar.emplace(state->parameters.samples, state->options);
          },
      .on_batch_end = [state](
                          std::int64_t batch,
                          const Logs& logs) { state->bar->update((batch + 1) * state->parameters.batch_size, logs); },
      .on_epoch_end = [state](int, const Logs& logs) { state->bar->finish(logs); },
  };
}

}  // namespace xgrad
