#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/recording.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

namespace xgrad {
namespace {

double microseconds(Recording::Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

/// The text of a trace, on its way to a file.
class TraceText {
 public:
  explicit TraceText(const WriteBytes& write) : write_(write) {}

  template <class... Parts>
  void event(fmt::format_string<const Parts&...> format, const Parts&... parts) {
    text_ += is_first_ ? "\n" : ",\n";
    is_first_ = false;
    fmt::format_to(std::back_inserter(text_), format, parts...);
    constexpr std::size_t piece = 1 << 16;
    if (text_.size() >= piece) flush();
  }

  void end() {
    text_ += "\n]}\n";
    flush();
  }

 private:
  void flush() {
    write_(std::as_bytes(std::span(text_)));
    text_.clear();
  }

  const WriteBytes& write_;
  std::string text_ = R"({"displayTimeUnit":"ns","traceEvents":[)";
  bool is_first_ = true;
};

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

// Written as it is made, a piece at a time: a million events are a hundred bytes each.
void Profiler::write_trace(const std::filesystem::path& file) const {
  write_atomically(file, [&](const WriteBytes& write) {
    TraceText text(write);
    const auto& threads = recording_->threads();
    for (std::size_t index = 0; index < threads.size(); ++index) {
      text.event(R"({{"name":"thread_name","ph":"M","pid":1,"tid":{0},"args":{{"name":"thread {0}"}}}})", index);
      std::vector<std::string> names, arguments;
      for (const auto& kernel : threads[index]->kernels) {
        names.push_back(nlohmann::json(kernel.name).dump());
        arguments.push_back(nlohmann::json{{"shape", kernel.shape}, {"operations", kernel.operations}}.dump());
      }
      for (const auto& event : threads[index]->events) {
        text.event(R"({{"name":{},"cat":"kernel","ph":"X","ts":{},"dur":{},"pid":1,"tid":{},"args":{}}})",
                   names[event.kernel], microseconds(event.start - recording_->start()),
                   microseconds(event.end - event.start), index, arguments[event.kernel]);
      }
    }
    text.end();
  });
}

}  // namespace xgrad
