#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/history.hpp>
#include <xgrad/models/training/logs.hpp>

#include <fmt/format.h>

namespace xgrad {

const std::vector<double>& HistoryLogs::at(std::string_view name) const& {
  if (const auto found = values_.find(log_name(name)); found != values_.end()) return found->second;
  std::string known;
  for (const auto& [other, values] : values_) known += (known.empty() ? "" : ", ") + other;
  throw ValueError(
      fmt::format("history: no values are called '{}'; there are {}", name, known.empty() ? "none" : known));
}

bool HistoryLogs::contains(std::string_view name) const { return values_.contains(log_name(name)); }

void HistoryLogs::append(std::string_view name, double value) { values_[std::string(log_name(name))].push_back(value); }

}  // namespace xgrad
