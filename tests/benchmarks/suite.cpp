#include "suite.hpp"

#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/threads.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <regex>
#include <stdexcept>

namespace xgrad::benchmark {

namespace {

struct Summary {
  double median;
  double lowest;
  double highest;
};

Summary summarize(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  const double median = values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {median, values.front(), values.back()};
}

std::string readable(double seconds) {
  if (seconds >= 0.1) return fmt::format("{:.3f} s", seconds);
  if (seconds >= 1e-4) return fmt::format("{:.3f} ms", seconds * 1e3);
  if (seconds >= 1e-6) return fmt::format("{:.2f} µs", seconds * 1e6);
  return fmt::format("{:.1f} ns", seconds * 1e9);
}

nlohmann::json measure(const Workload& workload, int threads, int rounds) {
  const auto systems = workload.systems(threads);
  std::vector<std::vector<double>> times(systems.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t turn = 0; turn < systems.size(); ++turn) {
      // Everyone comes first once: who follows a long run of others finds a warmer machine.
      const auto index = (turn + static_cast<std::size_t>(round)) % systems.size();
      const double time = systems[index].measure();
      if (round > 0) times[index].push_back(time);  // the first round warms up
    }
  }
  nlohmann::json result{{"workload", workload.name}, {"unit", workload.unit}, {"threads", threads}};
  for (std::size_t index = 0; index < systems.size(); ++index) {
    const auto& name = systems[index].name;
    const Summary own = summarize(times[index]);
    nlohmann::json entry{{"name", name}, {"median", own.median}, {"seconds", times[index]}};
    std::string quotient = " | ";
    if (index > 0 && workload.compared) {
      std::vector<double> quotients;
      for (std::size_t round = 0; round < times[index].size(); ++round) {
        quotients.push_back(times[0][round] / times[index][round]);
      }
      const Summary ratio = summarize(quotients);
      entry["ratio"] = {{"median", ratio.median}, {"lowest", ratio.lowest}, {"highest", ratio.highest}};
      quotient = fmt::format("{:.2f} | {:.2f}-{:.2f}", ratio.median, ratio.lowest, ratio.highest);
    }
    fmt::print("| {} | {} | {} | {} | {} |\n", workload.name, threads, name, readable(own.median), quotient);
    result["systems"].push_back(std::move(entry));
  }
  std::fflush(stdout);
  return result;
}

void print_kernels(const Workload& workload, int threads, int count) {
  const auto first = workload.systems(threads).front();
  first.measure();
  const Profiler profiler;
  const double time = first.measure();
  fmt::print("{}, {} thread(s), {}\n{}\n", workload.name, threads, readable(time),
             profiler.table(static_cast<std::size_t>(count)));
  std::fflush(stdout);
}

}  // namespace

void run_suite(const std::vector<Workload>& workloads, const SuiteOptions& options) {
  const std::regex only(options.only);
  nlohmann::json results = nlohmann::json::array();
  if (options.kernels == 0) {
    fmt::print("| workload | threads | system | median | first / this | range |\n|---|---|---|---|---|---|\n");
  }
  for (const auto& workload : workloads) {
    if (!std::regex_search(workload.name, only)) continue;
    for (int threads : workload.one_thread_only ? std::vector{1} : options.threads) {
      set_threads(threads);
      if (options.kernels > 0) {
        print_kernels(workload, threads, options.kernels);
        continue;
      }
      results.push_back(measure(workload, threads, std::min(options.rounds, workload.most_rounds)));
    }
  }
  if (options.kernels > 0) return;
  if (results.empty()) throw std::runtime_error(fmt::format("no workload matches \"{}\"", options.only));
  if (options.json.empty()) return;
  std::ofstream file(options.json);
  file << nlohmann::json{{"rounds", options.rounds}, {"results", results}}.dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error(fmt::format("{} cannot be written", options.json));
}

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::size_t fastest(const std::vector<std::function<double()>>& candidates) {
  std::size_t best = 0;
  double least = 0;
  for (std::size_t index = 0; index < candidates.size() && candidates.size() > 1; ++index) {
    const double time = std::min(candidates[index](), candidates[index]());
    if (index > 0 && time >= least) continue;
    least = time;
    best = index;
  }
  return best;
}

}  // namespace xgrad::benchmark
