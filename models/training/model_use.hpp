#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace xgrad {

/// Which threads are using a model. Any number of threads may read its weights at once, one at a time may change it,
/// and nobody may read it meanwhile, except callbacks of a training.
class ModelUse {
 public:
  /// Throws StateError when another thread is changing the model; `method` is that of the model.
  class Reading {
   public:
    Reading(ModelUse& use, std::string_view method);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    ModelUse& use_;
  };

  /// Throws StateError when anyone is at the model. A callback may move the model away: its use is kept.
  class Changing {
   public:
    Changing(std::shared_ptr<ModelUse> use, std::string_view method);
    ~Changing();
    Changing(const Changing&) = delete;
    Changing& operator=(const Changing&) = delete;

   private:
    std::shared_ptr<ModelUse> use_;
  };

  /// Held for a moment, while something of the model is made that readers share.
  std::mutex& mutex() { return mutex_; }

  std::atomic<bool> is_stopping = false;  ///< the training that is running ends after its epoch

 private:
  void expect_nobody(std::string_view method) const;

  std::mutex mutex_;
  int readers_ = 0;
  std::thread::id changer_ = {};  // nobody's when nobody is changing it
  std::string_view change_ = {};  // the method that does
};

}  // namespace xgrad
