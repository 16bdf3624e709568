#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/model_use.hpp>

#include <fmt/format.h>

#include <utility>

namespace xgrad {

ModelUse::Reading::Reading(ModelUse& use, std::string_view method) : use_(use) {
  const std::scoped_lock lock(use.mutex_);
  if (use.changer_ != std::thread::id() && use.changer_ != std::this_thread::get_id()) {
    throw StateError(fmt::format(
        "Sequential::{}: expected a model that no other thread changes, but {} is running on it; wait until "
        "it returns, or call {} in a callback of fit",
        method, use.change_, method));
  }
  ++use.readers_;
}

ModelUse::Reading::~Reading() {
  const std::scoped_lock lock(use_.mutex_);
  --use_.readers_;
}

ModelUse::Changing::Changing(std::shared_ptr<ModelUse> use, std::string_view method) : use_(std::move(use)) {
  const std::scoped_lock lock(use_->mutex_);
  use_->expect_nobody(method);
  use_->changer_ = std::this_thread::get_id();
  use_->change_ = method;
}

ModelUse::Changing::~Changing() {
  const std::scoped_lock lock(use_->mutex_);
  use_->changer_ = {};
}

void ModelUse::expect_nobody(std::string_view method) const {
  if (changer_ == std::this_thread::get_id()) {
    throw StateError(fmt::format(
        "Sequential::{}: expected a model that is not being trained, but this is a callback of its fit; call "
        "{} after fit has returned",
        method, method));
  }
  if (changer_ != std::thread::id() || readers_ > 0) {
    throw StateError(fmt::format(
        "Sequential::{}: expected a model that no other thread is using, but {} is running on it; wait until "
        "it returns, or give each thread a model of its own",
        method, readers_ > 0 ? std::string_view("predict, evaluate or clone") : change_));
  }
}

}  // namespace xgrad
