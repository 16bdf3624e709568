#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/logs.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {

std::string_view log_name(std::string_view name) {
  if (name == "accuracy") return "acc";
  return name == "val_accuracy" ? "val_acc" : name;
}

double Logs::operator[](std::string_view name) const {
  const auto found = std::ranges::find(entries_, log_name(name), &Entry::name);
  if (found != entries_.end()) return found->value;
  std::string known;
  for (const auto& entry : entries_) known += (known.empty() ? "" : ", ") + entry.name;
  throw ValueError(fmt::format("logs: no value is called '{}'; there are {}", name, known.empty() ? "none" : known));
}

bool Logs::contains(std::string_view name) const {
  return std::ranges::find(entries_, log_name(name), &Entry::name) != entries_.end();
}

void Logs::set(std::string_view name, double value) {
  const auto found = std::ranges::find(entries_, log_name(name), &Entry::name);
  if (found == entries_.end()) {
    entries_.push_back({std::string(log_name(name)), value});
  } else {
    found->value = value;
  }
}

}  // namespace xgrad
