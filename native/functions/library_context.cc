#include "functions/library_context.h"

#include <memory>
#include <utility>

#include "xgb/c_api.h"
#include "xgb/calls.h"
#include "xgb/library.h"

namespace functions {
namespace {

class LibraryContext : public bind::CallContext {
 public:
  explicit LibraryContext(std::shared_ptr<bind::Home> home)
      : settings_{std::make_shared<xgb::Settings>(
            [home = std::move(home)](char const* line) { home->Log(line); })} {}

  void Enter() override { xgb::Enter(settings_); }
  void Check(int status, char const* function) override { xgb::Check(status, function); }
  xgb::Settings& Settings() { return *settings_; }

 private:
  std::shared_ptr<xgb::Settings> settings_;
};

}  // namespace

void AttachContext(bind::Environment& environment) {
  if (environment.Context() == nullptr) {
    environment.SetContext(std::make_shared<LibraryContext>(environment.GetHome()));
  }
}

void SetGlobalConfig(bind::Environment& environment, std::string json) {
  environment.Context()->Enter();
  xgb::Check(XGB_FUNCTION(XGBSetGlobalConfig)(json.c_str()), "XGBSetGlobalConfig");
  static_cast<LibraryContext&>(*environment.Context()).Settings().SetGlobalConfig(std::move(json));
}

}  // namespace functions
