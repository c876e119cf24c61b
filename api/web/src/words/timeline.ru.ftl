## Сетка: столы по времени

timeline-title = Сетка
timeline-table = Стол { $table }, на { $seats }
timeline-tray = Пока без стола
timeline-tray-drop = Вернуть в список
timeline-earlier = Раньше
timeline-later = Позже

timeline-held = Придержан, на { $size }
timeline-kept = Держим, на { $size }
timeline-reset = Накрывают
timeline-shut = Закрыт
timeline-till = до { $time }
timeline-back = отпустим в { $time }
timeline-here = ждут { $minutes } мин
timeline-late = нет { $minutes } мин
timeline-clash = к этому времени стол ещё занят
timeline-pinned = закрепляет { $name }: без вопроса не пересадить

timeline-say = стол { $table }, с { $from } до { $till }
timeline-say-none = пока без стола, в { $from }
timeline-say-seated = сидят
timeline-say-over = пересидели
timeline-say-plan = бронь
timeline-say-arrived = уже здесь
timeline-say-late = опаздывают
timeline-say-held = придержан
timeline-say-kept = держим
timeline-say-reset = накрывают
timeline-say-shut = закрыт
timeline-say-event = частное мероприятие
timeline-say-past = ушли
