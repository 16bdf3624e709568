#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/recording.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace xgrad {
namespace {

double microseconds(Recording::Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

}  // namespace

Profiler::Profiler() : recording_(std::make_unique<Recording>()) {}
Profiler::~Profiler() = default;

std::vector<Profiler::Kernel> Profiler::kernels() const {
  std::map<std::pair<std::string, std::string>, Kernel> merged;
  for (const auto& thread : recording_->threads()) {
    for (const auto& kernel : thread->kernels) {
      auto& total = merged[{kernel.name, kernel.shape}];
      total.name = kernel.name;
      total.shape = kernel.shape;
      total.calls += kernel.calls;
      total.seconds += kernel.seconds;
      total.operations += kernel.operations * static_cast<double>(kernel.calls);
    }
  }
  std::vector<Kernel> result;
  for (auto& [key, kernel] : merged) result.push_back(std::move(kernel));
  std::stable_sort(result.begin(), result.end(),
                   [](const Kernel& left, const Kernel& right) { return left.seconds > right.seconds; });
  return result;
}

std::string Profiler::table(std::size_t count) const {
  const auto all = kernels();
  double total = 0;
  for (const auto& kernel : all) total += kernel.seconds;
  std::string text = fmt::format("{:>10} {:>6} {:>9} {:>9}  kernel\n", "total ms", "share", "calls", "GFLOP/s");
  for (const auto& kernel : std::span(all).first(std::min(count, all.size()))) {
    text += fmt::format("{:>10.2f} {:>5.1f}% {:>9} {:>9.1f}  {} {}\n", kernel.seconds * 1e3,
                        total > 0 ? 100 * kernel.seconds / total : 0, kernel.calls,
                        kernel.seconds > 0 ? kernel.operations / kernel.seconds * 1e-9 : 0, kernel.name, kernel.shape);
  }
  return text;
}

void Profiler::write_trace(const std::filesystem::path& file) const {
  auto events = nlohmann::json::array();
  for (std::size_t index = 0; index < recording_->threads().size(); ++index) {
    const auto& thread = *recording_->threads()[index];
    events.push_back({{"name", "thread_name"},
                      {"ph", "M"},
                      {"pid", 1},
                      {"tid", index},
                      {"args", {{"name", fmt::format("thread {}", index)}}}});
    for (const auto& event : thread.events) {
      const auto& kernel = thread.kernels[event.kernel];
      events.push_back({{"name", kernel.name},
                        {"cat", "kernel"},
                        {"ph", "X"},
                        {"ts", microseconds(event.start - recording_->start())},
                        {"dur", microseconds(event.end - event.start)},
                        {"pid", 1},
                        {"tid", index},
                        {"args", {{"shape", kernel.shape}, {"operations", kernel.operations}}}});
    }
  }
  const auto text = nlohmann::json{{"displayTimeUnit", "ns"}, {"traceEvents", std::move(events)}}.dump();
  write_atomically(file, {std::as_bytes(std::span(text))});
}

}  // namespace xgrad
